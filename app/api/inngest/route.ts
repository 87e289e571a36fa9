import { serve } from "inngest/next";
import type { NextRequest } from "next/server";

type Handlers = ReturnType<typeof serve>;
let handlers: Promise<Handlers> | undefined;

/** Built at the first request: a build has no environment. */
async function build(): Promise<Handlers> {
  const [{ inngest }, { allFunctions }, { deps }] = await Promise.all([
    import("@/inngest/client"),
    import("@/inngest/functions/all"),
    import("@/app/server/deps"),
  ]);
  return serve({ client: inngest, functions: allFunctions(deps()), enableUnauthedSync: false });
}

function served(): Promise<Handlers> {
  handlers ??= build();
  return handlers;
}

export const GET = async (request: NextRequest, context: unknown) => (await served()).GET(request, context);
export const POST = async (request: NextRequest, context: unknown) => (await served()).POST(request, context);
export const PUT = async (request: NextRequest, context: unknown) => (await served()).PUT(request, context);
