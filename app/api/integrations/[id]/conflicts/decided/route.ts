import type { NextRequest } from "next/server";
import { respondJson } from "@/app/server/respond-json";
import { askedDecided, decidedFilterOf } from "@/components/conflicts/asked-decided";
import { readDecided } from "@/services/conflicts/read-decided";

type Context = { params: Promise<{ id: string }> };

export const GET = (request: NextRequest, { params }: Context) =>
  respondJson(async (ctx) => {
    const { id } = await params;
    const { resolvedAt, after, ...asked } = Object.fromEntries(request.nextUrl.searchParams);
    return readDecided({
      ctx,
      input: {
        integrationId: id,
        filter: decidedFilterOf(askedDecided(asked)),
        after: resolvedAt && after ? { resolvedAt, id: after } : null,
      },
    });
  });
