import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RunOutcome } from "@/db/schema/runs";
import { markSelected } from "@/services/pending/mark-selected";
import type { Side } from "@/sync/side";
import type { OpenRun } from "./open-run";

/** A pair is named by its prospect, a contact without one by itself. */
export type Found = {
  side: Side;
  recordId: string;
  outcome: Extract<RunOutcome, "equal" | "known" | "marked">;
};

/** Remembers what a page showed and marks what is not settled. Returns how many it marked. */
export async function saveFound(tx: Tx, run: OpenRun, found: Found[]): Promise<number> {
  const rows = JSON.stringify(found);
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as x(side text, "recordId" text, outcome text)`;
  if (found.length)
    await tx.execute(sql`
      insert into run_items (run_id, side, record_id, outcome)
      select ${run.id}::uuid, x.side, x."recordId", x.outcome from ${given}
      on conflict do nothing`);
  const marked = found.filter(({ outcome }) => outcome === "marked").length;
  if (marked)
    await markSelected(
      tx,
      run.integrationId,
      sql`select x.side, x."recordId" from ${given} where x.outcome = 'marked'`,
    );
  return marked;
}
