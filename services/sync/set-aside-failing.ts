import { and, eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { pendingRecords, recordLinks, recordStatuses } from "@/db/schema/sync";
import type { ClaimedRecord } from "./claim-pending";
import type { Verdict } from "./outcome";

/**
 * A record that ended page after page in an error is shown as failing until it changes again. What another page has taken
 * over meanwhile is left to that one.
 */
export async function setAsideFailing(
  db: Db,
  integrationId: string,
  record: ClaimedRecord,
  lease: string,
  verdict: Verdict,
): Promise<void> {
  const values = { ...verdict, at: new Date() };
  await db.transaction(async (tx) => {
    const isHeld = and(eq(pendingRecords.id, record.id), eq(pendingRecords.lease, lease));
    const [held] = await tx
      .select({ generation: pendingRecords.generation })
      .from(pendingRecords)
      .where(isHeld)
      .for("update");
    if (!held) return;
    await tx
      .insert(recordStatuses)
      .values({ integrationId, ...(await shownUnder(tx, integrationId, record)), ...values })
      .onConflictDoUpdate({
        target: [recordStatuses.integrationId, recordStatuses.side, recordStatuses.recordId],
        set: values,
      });
    if (held.generation === record.generation) await tx.delete(pendingRecords).where(isHeld);
    // Noticed again meanwhile: it has another try.
    else await tx.update(pendingRecords).set({ lease: null, leasedUntil: null }).where(isHeld);
  });
}

/** The status of a pair stands on the Snov.io side, whichever side was noticed. */
async function shownUnder(
  tx: Tx,
  integrationId: string,
  { side, recordId }: ClaimedRecord,
): Promise<Pick<ClaimedRecord, "side" | "recordId">> {
  if (side === "snov") return { side, recordId };
  const [link] = await tx
    .select({ recordId: recordLinks.prospectId })
    .from(recordLinks)
    .where(and(eq(recordLinks.integrationId, integrationId), eq(recordLinks.contactId, recordId)));
  return link ? { side: "snov", ...link } : { side, recordId };
}
