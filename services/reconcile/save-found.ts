import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RunOutcome } from "@/db/schema/runs";
import { markSelected } from "@/services/pending/mark-selected";
import type { Side } from "@/sync/side";
import { isQueued } from "./is-queued";
import type { OpenRun } from "./open-run";

/** A pair is named by its prospect, a contact without one by itself. */
export type Found = {
  side: Side;
  recordId: string;
  outcome: Extract<RunOutcome, "equal" | "known" | "marked">;
};

/** Remembers what a page that was read at `readAt` showed and marks what is not settled. Returns how many it marked. */
export async function saveFound(tx: Tx, run: OpenRun, found: Found[], readAt: Date): Promise<number> {
  const rows = JSON.stringify(found);
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as x(side text, "recordId" text, outcome text)`;
  if (found.length)
    await tx.execute(sql`
      insert into run_items (run_id, side, record_id, outcome)
      select ${run.id}::uuid, x.side, x."recordId",
        case when x.outcome = 'marked' and ${isQueued(run.integrationId, sql`x.side`, sql`x."recordId"`)}
          then 'queued' else x.outcome end
      from ${given}
      on conflict do nothing`);
  const marked = found.filter(({ outcome }) => outcome === "marked").length;
  if (marked)
    await markSelected(
      tx,
      run.integrationId,
      sql`select x.side, x."recordId" from ${given} where x.outcome = 'marked'`,
    );
  if (found.length > marked) await saveVerified(tx, run.integrationId, given, readAt);
  return marked;
}

/** Skips rows that a page is committing: that page has looked later, and neither ever waits for the other. */
async function saveVerified(tx: Tx, integrationId: string, given: SQL, readAt: Date): Promise<void> {
  await tx.execute(sql`
    update record_statuses set verified_at = ${readAt.toISOString()}::timestamptz
    where (integration_id, side, record_id) in (
      select s.integration_id, s.side, s.record_id from record_statuses s
      join ${given} on x.outcome = 'equal' and s.side = x.side and s.record_id = x."recordId"
      where s.integration_id = ${integrationId}::uuid and s.status = 'in_sync'
        and (s.verified_at is null or s.verified_at < ${readAt.toISOString()}::timestamptz)
      for no key update of s skip locked)`);
}
