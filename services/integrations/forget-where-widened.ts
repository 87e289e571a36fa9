import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import { type Both, sides } from "@/sync/side";
import { markKnownPairs } from "../pending/mark-known-pairs";
import type { Integration } from "./change-settings";

/** The sides that a mapping may write, before and after a change of settings. */
export type Widening = { mappingId: string; before: Both<boolean>; after: Both<boolean> };

/**
 * Where a side is written from now on that was not, the other one may hold edits that were never to be reflected: what was
 * agreed on is forgotten, and each pair looked at as if the two had never met in this field. So nothing is overwritten
 * unasked, and nothing that was emptied meanwhile travels. Pairs that only differ since before launch had no edits.
 */
export async function forgetWhereWidened(
  tx: Tx,
  { id, state }: Pick<Integration, "id" | "state">,
  changes: Widening[],
): Promise<void> {
  const widened = changes.filter(({ before, after }) => sides.some((side) => after[side] && !before[side]));
  if (state === "draft" || !widened.length) return;
  const mappingIds = sql`${sql.param(widened.map(({ mappingId }) => mappingId))}::text[]`;
  await markKnownPairs(tx, id);
  await tx
    .update(recordLinks)
    .set({ base: sql`${recordLinks.base} - ${mappingIds}` })
    .where(
      and(
        eq(recordLinks.integrationId, id),
        sql`${recordLinks.base} ?| ${mappingIds}`,
        sql`not exists (
          select 1 from record_statuses s where s.integration_id = ${recordLinks.integrationId} and s.side = 'snov'
            and s.record_id = ${recordLinks.prospectId}::text and s.reason = 'not_transferred')`,
      ),
    );
}
