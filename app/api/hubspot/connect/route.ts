import type { NextRequest } from "next/server";
import { requireCtx } from "@/app/server/context";
import { seeOther } from "@/app/server/see-other";
import { startConnect } from "@/services/connections/start-connect";
import { toProblem } from "../redirects";

/** Sends an owner or admin to HubSpot; `?integration=<id>` reconnects that one. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const ctx = await requireCtx();
    const integrationId = request.nextUrl.searchParams.get("integration") ?? undefined;
    const { url } = await startConnect({ ctx, input: { integrationId } });
    return seeOther(url);
  } catch (error) {
    return toProblem(error);
  }
}
