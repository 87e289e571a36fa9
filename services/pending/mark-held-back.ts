import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markSelected } from "./mark-selected";

/** What a change of settings may cure. Records that only differ since before launch stay as they are. */
const curable = ["choice_not_mapped", "field_rejected", "rejected", "out_of_scope", "direction"];

/** Has the records looked at again that the former settings kept from syncing, or left for a person to decide. */
export async function markHeldBack(tx: Tx, integrationId: string): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select side, record_id from record_statuses
      where integration_id = ${integrationId}::uuid
        and reason in (select jsonb_array_elements_text(${JSON.stringify(curable)}::jsonb))
      union
      select side, record_id from conflicts
      where integration_id = ${integrationId}::uuid and closed_at is null`,
  );
}
