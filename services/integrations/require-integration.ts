import type { Db, Tx } from "@/db/client";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import type { integrations } from "@/db/schema/integrations";
import { ServiceError } from "@/services/service-error";

/** For every member, like editing a record: an integration of the workspace that still has its account. */
export async function requireIntegration(
  ctx: { db: Db | Tx; workspaceId: string },
  integrationId: string,
): Promise<typeof integrations.$inferSelect> {
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known || known.integration.disconnectedAt)
    throw new ServiceError("not_found", "no such integration in this workspace");
  return known.integration;
}
