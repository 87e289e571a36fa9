import { type SQL, sql } from "drizzle-orm";

export type OfIntegration = { workspaceId: string; integrationId: string };

/** The integration's id, or null where it is another workspace's: no row is compared equal to that. */
export function ownIntegration({ workspaceId, integrationId }: OfIntegration): SQL {
  return sql`(select i.id from integrations i
    where i.id = ${integrationId}::uuid and i.workspace_id = ${workspaceId}::uuid)`;
}
