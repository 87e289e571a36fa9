import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import type { ClaimedRecord } from "./claim-pending";
import type { Verdict } from "./outcome";

/** A record that ended page after page in an error is shown as failing until it changes again. */
export async function setAsideFailing(
  db: Db,
  integrationId: string,
  record: ClaimedRecord,
  lease: string,
  verdict: Verdict,
): Promise<void> {
  const { side, recordId } = record;
  const values = { ...verdict, at: new Date() };
  await db.transaction(async (tx) => {
    await tx
      .insert(recordStatuses)
      .values({ integrationId, side, recordId, ...values })
      .onConflictDoUpdate({
        target: [recordStatuses.integrationId, recordStatuses.side, recordStatuses.recordId],
        set: values,
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
