import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { unconfirmedWrites } from "@/db/schema/sync";
import { markPending } from "@/services/pending/mark-pending";
import type { PageContext } from "./page-context";
import type { Unconfirmed } from "./unconfirmed-writes";

/**
 * Prospect id → the field mappings of which an undo that is not through has sent a value back. Its page died before it
 * told so: the other side still has what is to go, which nobody may take for an edit.
 */
export async function undoingOf(
  db: Db,
  { runId }: PageContext,
  noted: ReadonlyMap<string, Unconfirmed>,
): Promise<Map<string, string[]>> {
  const sent = [...noted].flatMap(([prospectId, { sent }]) =>
    Object.entries(sent).flatMap(([mappingId, values]) =>
      values.flatMap(({ run }) => (run?.undoneBy ? [{ prospectId, mappingId, run: run.id }] : [])),
    ),
  );
  const others = [...new Set(sent.map(({ run }) => run))].filter((id) => id !== runId);
  if (!others.length) return new Map();
  const open = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(inArray(runs.id, others), isNull(runs.finishedAt)));
  const undoing = new Map<string, string[]>();
  for (const { prospectId, mappingId, run } of sent)
    if (open.some(({ id }) => id === run))
      undoing.set(prospectId, [...(undoing.get(prospectId) ?? []), mappingId]);
  return undoing;
}

/** An undo has ended: what it never came back to is the ordinary line's again. */
export async function releaseUndoing(tx: Tx, integrationId: string, runId: string): Promise<void> {
  const left = await tx
    .select({ prospectId: unconfirmedWrites.prospectId })
    .from(unconfirmedWrites)
    .where(
      and(
        eq(unconfirmedWrites.integrationId, integrationId),
        sql`jsonb_path_exists(${unconfirmedWrites.sent}, '$.*[*].run.id ? (@ == $id)', ${JSON.stringify({ id: runId })}::jsonb)`,
      ),
    );
  await markPending(
    tx,
    integrationId,
    "snov",
    left.map(({ prospectId }) => prospectId),
  );
}
