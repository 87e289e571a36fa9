import { eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import type { RunOutcome } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { addToPace } from "@/lib/pace";
import { afterSave, endsInterruption } from "./hindrance";

/** Until then nobody needs to be sent to a transfer of which a page was saved just now. */
export const aMinuteOn = sql`now() + interval '1 minute'`;

/** What is measured of a transfer begins again where it goes on. */
export const anew = { pace: [] };

type Counts = Pick<typeof transfers.$inferSelect, "done" | "pace" | "savedAt" | "hindered">;
/** What is to be added. */
export type Counted = { done: Partial<Record<RunOutcome, number>>; changed?: number; held?: number };

/** Adds to what became of a transfer's records, so that nobody has to count a million of them. */
export async function countDone(tx: Tx, runId: string, counted: Counted): Promise<void> {
  const transfer = await lockCounts(tx, runId);
  if (transfer) await write(tx, runId, withCounts(transfer, counted));
}

/** The same of a page that was saved, whatever its records came to: HubSpot answers. */
export async function countPage(
  tx: Tx,
  runId: string,
  transfer: Counts,
  counted: Counted,
  now = new Date(),
): Promise<void> {
  await write(tx, runId, {
    ...withCounts(transfer, counted),
    savedAt: now,
    hindered: afterSave(transfer.hindered),
    ...(endsInterruption(transfer, now) ? { ...anew, resumedAt: now } : {}),
  });
}

/** Until the transaction ends nobody else adds to them; undefined where the transfer is gone. */
export async function lockCounts(tx: Tx, runId: string): Promise<Counts | undefined> {
  const [transfer] = await tx
    .select({
      done: transfers.done,
      pace: transfers.pace,
      savedAt: transfers.savedAt,
      hindered: transfers.hindered,
    })
    .from(transfers)
    .where(eq(transfers.runId, runId))
    .for("no key update");
  return transfer;
}

function withCounts(transfer: Counts, { done: more, changed = 0, held = 0 }: Counted) {
  const done = { ...transfer.done };
  let reached = 0;
  for (const [outcome, count] of Object.entries(more) as [RunOutcome, number][]) {
    done[outcome] = (done[outcome] ?? 0) + count;
    reached += count;
  }
  return {
    done,
    changed: sql`${transfers.changed} + ${changed}`,
    held: sql`${transfers.held} + ${held}`,
    pace: addToPace(transfer.pace, reached, new Date()),
    wakeAt: aMinuteOn,
  };
}

async function write(tx: Tx, runId: string, values: PgUpdateSetSource<typeof transfers>): Promise<void> {
  await tx.update(transfers).set(values).where(eq(transfers.runId, runId));
}
