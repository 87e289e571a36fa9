import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import { markSelected } from "./mark-selected";

/**
 * What a change of settings may cure, or what a record may show before such a thing: a status tells one reason of
 * several. Records that only differ since before launch stay as they are.
 */
const curable = [
  "choice_not_mapped",
  "field_rejected",
  "field_ignored",
  "rejected",
  "rejected_silently",
  "turned_away",
  "not_let_in",
  "no_answer",
  "out_of_scope",
  "direction",
  "email_removed",
  "cannot_clear",
  "field_missing",
  "discarded",
  "undone",
  "other_way",
];

/**
 * Has the records looked at again that the former settings kept from syncing, or left for a person to decide; what
 * HubSpot refused of them is tried once more.
 */
export async function markHeldBack(tx: Tx, integrationId: string): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select side, record_id from record_statuses
      where integration_id = ${integrationId}::uuid
        and reason in (select jsonb_array_elements_text(${JSON.stringify(curable)}::jsonb))
      union
      select 'snov', prospect_id::text from record_links
      where integration_id = ${integrationId}::uuid and refused <> '{}'
      union
      select side, record_id from conflicts
      where integration_id = ${integrationId}::uuid and closed_at is null`,
  );
  await tx
    .update(recordLinks)
    .set({ refused: {} })
    .where(and(eq(recordLinks.integrationId, integrationId), sql`${recordLinks.refused} <> '{}'`));
}
