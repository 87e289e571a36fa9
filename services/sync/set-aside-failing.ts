import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import type { ClaimedRecord } from "./claim-pending";

/** A record that ended page after page in an unforeseen error is shown as failing until it changes again. */
export async function setAsideFailing(
  db: Db,
  integrationId: string,
  record: ClaimedRecord,
  lease: string,
): Promise<void> {
  const { side, recordId } = record;
  const verdict = { status: "failing" as const, reason: "unexpected", detail: {}, at: new Date() };
  await db.transaction(async (tx) => {
    await tx
      .insert(recordStatuses)
      .values({ integrationId, side, recordId, ...verdict })
      .onConflictDoUpdate({
        target: [recordStatuses.integrationId, recordStatuses.side, recordStatuses.recordId],
        set: verdict,
      });
    await tx
      .delete(pendingRecords)
      .where(
        and(
          eq(pendingRecords.id, record.id),
          eq(pendingRecords.lease, lease),
          eq(pendingRecords.generation, record.generation),
        ),
      );
    // Noticed again meanwhile: it has another try.
    await tx
      .update(pendingRecords)
      .set({ lease: null, leasedUntil: null })
      .where(eq(pendingRecords.lease, lease));
  });
}
