import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { fieldMappings } from "@/db/schema/integrations";
import { ServiceError } from "../service-error";

/**
 * Deletes a mapping and closes its open conflicts; choices that wait are not carried out. What people decided about its
 * field is kept, under the fields' names, also where it was being taken back, and cannot be taken back any more: where there
 * is any of that, the person has to know of it first (`knowsConflicts`).
 */
export async function deleteMapping(
  tx: Tx,
  { id, snovField, hubspotProperty }: typeof fieldMappings.$inferSelect,
  knowsConflicts: boolean,
): Promise<void> {
  const fields = JSON.stringify({ fields: { snov: snovField, hubspot: hubspotProperty } });
  const [left] = await tx.execute<{ open: number; waiting: number; decided: number }>(sql`
    with ended as (
      update conflicts c set mapping_id = null, detail = c.detail || ${fields}::jsonb,
        closed_at = coalesce(c.closed_at, now()),
        outcome = case when c.closed_at is not null then c.outcome when c.resolution ? 'undo' then 'kept' else 'unmapped' end,
        resolution_id = coalesce((c.resolution -> 'undo' ->> 'act')::uuid, c.resolution_id),
        resolution = c.resolution - 'undo'
      from conflicts before where before.id = c.id and c.mapping_id = ${id}::uuid
      returning before.closed_at is null as was_open, c.resolution is not null as chosen, c.outcome)
    select count(*) filter (where outcome = 'unmapped' and was_open and not chosen)::int as open,
      count(*) filter (where outcome = 'unmapped' and was_open and chosen)::int as waiting,
      count(*) filter (where outcome in ('applied', 'kept') and chosen)::int as decided from ended`);
  if (left && (left.open || left.waiting || left.decided) && !knowsConflicts)
    throw new ServiceError("in_use", "conflicts go with it", {
      reason: "mapping_conflicts",
      values: { ...left },
    });
  await tx.delete(fieldMappings).where(eq(fieldMappings.id, id));
}
