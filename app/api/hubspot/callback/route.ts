import type { NextRequest } from "next/server";
import { requireCtx } from "@/app/server/context";
import { seeOther } from "@/app/server/see-other";
import { requestOpenTransfers } from "@/app/server/tell-engine";
import { finishConnect } from "@/services/connections/finish-connect";
import { toProblem } from "../redirects";

/** Where HubSpot sends the person back to. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const ctx = await requireCtx();
    const { state, code, error } = Object.fromEntries(request.nextUrl.searchParams);
    const { integrationId } = await finishConnect({ ctx, input: { state, code, error } });
    await requestOpenTransfers(ctx, integrationId);
    return seeOther(`/settings/integrations/${integrationId}`);
  } catch (error) {
    return toProblem(error);
  }
}
