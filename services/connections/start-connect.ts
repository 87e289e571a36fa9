import { z } from "zod";
import { authorizeUrl } from "@/connectors/hubspot/oauth";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { type Ctx, requireAdmin } from "@/services/context";
import { connectProblem } from "./connect-problem";
import { hubspotApp } from "./hubspot-app";
import { issueState } from "./oauth-state";

const StartConnect = z.object({
  /** Set to reconnect this integration; then only its own account will do. */
  integrationId: z.uuid().optional(),
});

/** Where to send the person: HubSpot's account chooser and permission review. */
export async function startConnect({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof StartConnect>;
}): Promise<{ url: string }> {
  requireAdmin(ctx);
  const { integrationId } = StartConnect.parse(input);
  if (integrationId && !(await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId)))
    throw connectProblem("not_found", "no such integration in this workspace");
  return { url: authorizeUrl(hubspotApp(), await issueState(ctx, integrationId ?? null)) };
}
