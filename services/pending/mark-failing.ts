import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Side } from "@/sync/side";
import { forgetRefused } from "./forget-refused";
import { markSelected } from "./mark-selected";

/**
 * Has the failing records, or the one named, looked at again at once; what HubSpot refused of them is sent once
 * more. Returns how many there are.
 */
export async function markFailing(
  tx: Tx,
  integrationId: string,
  only?: { side: Side; recordId: string },
): Promise<number> {
  const failing = sql`select side, record_id from record_statuses
    where integration_id = ${integrationId}::uuid and status = 'failing'
    ${only ? sql`and side = ${only.side} and record_id = ${only.recordId}` : sql``}`;
  const [counted] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from (${failing}) as failing`,
  );
  if (!counted?.count) return 0;
  await forgetRefused(tx, integrationId, failing);
  await markSelected(tx, integrationId, failing);
  return counted.count;
}
