import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";

/** The account's contact properties as last read, by label. */
export async function listHubspotProperties(
  db: Db,
  workspaceId: string,
  connectionId: string,
): Promise<FieldDefinition[]> {
  const rows = await db
    .select({ definition: hubspotProperties.definition })
    .from(hubspotProperties)
    .innerJoin(connections, eq(connections.id, hubspotProperties.connectionId))
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId)));
  return rows.map(({ definition }) => definition).sort((a, b) => a.label.localeCompare(b.label));
}
