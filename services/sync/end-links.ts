import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { recordLinks } from "@/db/schema/sync";
import { markRecordsPending } from "@/services/pending/mark-pending";
import { sides } from "@/sync/side";
import type { Outcome } from "./outcome";
import type { RecordWork } from "./record-work";

/** Links end, with what is asked about them; that a person keeps somebody apart outlives the link. */
export async function deleteLinks(tx: Tx, ids: string[]): Promise<{ snov: string; hubspot: string }[]> {
  if (!ids.length) return [];
  await tx
    .update(conflicts)
    .set({ linkId: null })
    .where(and(inArray(conflicts.linkId, ids), eq(conflicts.outcome, "apart")));
  return await tx
    .delete(recordLinks)
    .where(inArray(recordLinks.id, ids))
    .returning({ snov: recordLinks.prospectId, hubspot: recordLinks.contactId });
}

/** The same, and whom they held besides is looked at again: what was said of it was about the old link. */
export async function endLinks(tx: Tx, integrationId: string, ids: string[]): Promise<void> {
  const ended = await deleteLinks(tx, ids);
  const held = ended.flatMap((link) => sides.map((side) => ({ side, id: link[side] })));
  await markRecordsPending(tx, integrationId, held);
}

/** Who is kept apart after a merge has no contact any more, and goes on as one that never had any. */
export async function endGivenUp(
  tx: Tx,
  integrationId: string,
  outcomes: Map<RecordWork, Outcome>,
): Promise<void> {
  const ids = [...outcomes].flatMap(([{ givenUp, link }, { kind }]) =>
    givenUp && link && kind !== "again" ? [link.id] : [],
  );
  await endLinks(tx, integrationId, ids);
}

/**
 * Two prospects had one contact after a merge. Whoever gets it meets it as at first link: what one of them had agreed on
 * with its own contact is no base for a contact that has the other one's values.
 */
export async function emptyMergedBases(tx: Tx, outcomes: Map<RecordWork, Outcome>): Promise<void> {
  const ids = [...outcomes].flatMap(([{ plan, link }, { kind }]) =>
    link && kind === "settled" && plan.kind === "disputed" && plan.dispute.kind === "merged" ? [link.id] : [],
  );
  if (!ids.length) return;
  await tx
    .update(recordLinks)
    .set({ base: {} })
    .where(and(inArray(recordLinks.id, ids), sql`${recordLinks.base} <> '{}'`));
}
