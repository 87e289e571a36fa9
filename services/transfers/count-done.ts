import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type RunOutcome, transfers } from "@/db/schema/runs";
import { afterSave, endsInterruption } from "./hindrance";

/** Until then nobody needs to be sent to a transfer of which a page was saved just now. */
export const aMinuteOn = sql`now() + interval '1 minute'`;

type Counts = Partial<Record<RunOutcome, number>>;

/** Adds to what became of a transfer's records, so that nobody has to count a million of them. */
export async function countDone(
  tx: Tx,
  runId: string,
  more: Counts,
  { changed = 0, held = 0 }: { changed?: number; held?: number } = {},
): Promise<void> {
  const [transfer] = await tx
    .select({ done: transfers.done })
    .from(transfers)
    .where(eq(transfers.runId, runId))
    .for("update");
  const done: Counts = { ...transfer?.done };
  for (const [outcome, count] of Object.entries(more) as [RunOutcome, number][])
    done[outcome] = (done[outcome] ?? 0) + count;
  await tx
    .update(transfers)
    .set({
      done,
      changed: sql`${transfers.changed} + ${changed}`,
      held: sql`${transfers.held} + ${held}`,
      wakeAt: aMinuteOn,
    })
    .where(eq(transfers.runId, runId));
}

/** A page was saved, whatever its records came to: HubSpot answers. */
export async function notePassed(tx: Tx, runId: string, now = new Date()): Promise<void> {
  const [transfer] = await tx
    .select({ savedAt: transfers.savedAt, hindered: transfers.hindered })
    .from(transfers)
    .where(eq(transfers.runId, runId))
    .for("update");
  if (!transfer) return;
  await tx
    .update(transfers)
    .set({
      savedAt: now,
      hindered: afterSave(transfer.hindered),
      ...(endsInterruption(transfer, now) ? { resumedAt: now } : {}),
    })
    .where(eq(transfers.runId, runId));
}
