import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { type ActivityCause, activities, type FieldDelta } from "@/db/schema/sync";
import type { Side } from "@/sync/side";

export type FieldHistoryEntry = {
  id: number;
  at: string;
  /** Where it was changed. */
  side: Side;
  kind: string;
  cause: ActivityCause;
  delta: FieldDelta;
  integrationId: string | null;
  /** The transfer it was part of. */
  runId: string | null;
};

export type FieldHistoryPage = { entries: FieldHistoryEntry[]; next: number | null };

/** Changes of one field of a prospect, and of the properties that are mapped to it, the latest first. */
export async function fieldHistory(
  db: Db,
  workspaceId: string,
  prospectId: string,
  { field, properties }: { field: string; properties: { integrationId: string; property: string }[] },
  { before, limit }: { before: number | null; limit: number },
): Promise<FieldHistoryPage> {
  const delta = sql<FieldDelta>`change.delta`;
  const names = JSON.stringify(properties);
  const rows = await db
    .select({
      id: activities.id,
      at: activities.at,
      side: activities.side,
      kind: activities.kind,
      cause: activities.cause,
      delta,
      integrationId: activities.integrationId,
      runId: activities.runId,
    })
    .from(activities)
    .innerJoin(
      sql`lateral (select delta from jsonb_array_elements(${activities.changes}) delta
        where case when ${activities.side} = 'hubspot' then exists (
            select from jsonb_to_recordset(${names}::jsonb) as x("integrationId" uuid, property text)
            where x."integrationId" = ${activities.integrationId} and x.property = delta ->> 'field')
          else delta ->> 'field' = ${field} end) change`,
      sql`true`,
    )
    .where(
      and(
        eq(activities.workspaceId, workspaceId),
        eq(activities.prospectId, prospectId),
        before ? lt(activities.id, before) : undefined,
      ),
    )
    .orderBy(desc(activities.id))
    .limit(limit + 1);
  const entries = rows
    .slice(0, limit)
    .map(({ at, side, ...row }) => ({ ...row, side: side ?? ("snov" as const), at: at.toISOString() }));
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** The HubSpot properties that a prospect's field is mapped to. */
export async function propertiesOf(
  db: Db,
  workspaceId: string,
  field: string,
): Promise<{ integrationId: string; connectionId: string; property: string }[]> {
  return db
    .select({
      integrationId: integrations.id,
      connectionId: integrations.connectionId,
      property: fieldMappings.hubspotProperty,
    })
    .from(fieldMappings)
    .innerJoin(integrations, eq(integrations.id, fieldMappings.integrationId))
    .where(and(eq(integrations.workspaceId, workspaceId), eq(fieldMappings.snovField, field)));
}
