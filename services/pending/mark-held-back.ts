import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { forgetting } from "./forget-refused";
import { marking } from "./mark-selected";

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
  "on_its_way",
];

/**
 * Has the records looked at again that the former settings kept from syncing, or left for a person to decide; what
 * HubSpot refused of them is tried once more. One statement: what is refused meanwhile is neither forgotten nor marked.
 */
export async function markHeldBack(tx: Tx, integrationId: string): Promise<void> {
  const own = sql`integration_id = ${integrationId}::uuid`;
  await tx.execute(sql`
    with ${forgetting(integrationId)}, again as materialized (
      select side, record_id from record_statuses
      where ${own} and reason in (select jsonb_array_elements_text(${JSON.stringify(curable)}::jsonb))
      union
      select 'snov', prospect_id::text from forgotten
      union
      select side, record_id from conflicts where ${own} and closed_at is null
    )
    ${marking(sql`select ${integrationId}::uuid, side, record_id, now(), false from again`)}`);
}
