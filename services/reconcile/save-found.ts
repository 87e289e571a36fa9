import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RunOutcome } from "@/db/schema/runs";
import { markSelected } from "@/services/pending/mark-selected";
import type { Verdict } from "@/services/sync/outcome";
import type { Side } from "@/sync/side";
import { isQueued } from "./is-queued";
import type { OpenRun } from "./open-run";

/** A pair is named by its prospect, a contact without one by itself. */
export type Found = {
  side: Side;
  recordId: string;
  /** queued: the next search for changes would come to it by itself. */
  outcome: Extract<RunOutcome, "equal" | "one_way" | "known" | "marked" | "queued">;
  /** Of one in sync: what is said of it from now on. */
  verdict?: Pick<Verdict, "reason" | "detail">;
};

/** Remembers what a page that was read at `readAt` showed and marks what is not settled. Returns how many it marked. */
export async function saveFound(tx: Tx, run: OpenRun, found: Found[], readAt: Date): Promise<number> {
  const rows = JSON.stringify(found);
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as x(side text, "recordId" text, outcome text, verdict jsonb)`;
  if (found.length)
    await tx.execute(sql`
      insert into run_items (run_id, side, record_id, outcome)
      select ${run.id}::uuid, x.side, x."recordId",
        case when x.outcome = 'marked' and (
            ${isQueued(run.integrationId, sql`x.side`, sql`x."recordId"`)}
            or ${wasLookedAt(run.integrationId, readAt)})
          then 'queued' else x.outcome end
      from ${given}
      on conflict do nothing`);
  const marked = found.filter(({ outcome }) => outcome === "marked" || outcome === "queued").length;
  if (marked)
    await markSelected(
      tx,
      run.integrationId,
      sql`select x.side, x."recordId" from ${given} where x.outcome in ('marked', 'queued')`,
    );
  if (found.length > marked) await saveVerified(tx, run.integrationId, given, readAt);
  return marked;
}

/** The line has been at the record of `x` since the page was read: what the page saw of it was on its way. */
function wasLookedAt(integrationId: string, readAt: Date): SQL {
  return sql`exists (
    select from record_statuses s left join record_links l on l.integration_id = s.integration_id
      and l.prospect_id = case when s.side = 'snov' then s.record_id::uuid end
    where s.integration_id = ${integrationId}::uuid and s.at >= ${readAt.toISOString()}::timestamptz
      and (s.side = x.side and s.record_id = x."recordId" or x.side = 'hubspot' and l.contact_id = x."recordId"))`;
}

/** Skips rows that a page is committing: that page has looked later, and neither ever waits for the other. */
async function saveVerified(tx: Tx, integrationId: string, given: SQL, readAt: Date): Promise<void> {
  await tx.execute(sql`
    update record_statuses set verified_at = ${readAt.toISOString()}::timestamptz,
      reason = found.verdict ->> 'reason', detail = found.verdict -> 'detail'
    from (
      select s.integration_id as of, s.side as at, s.record_id as id, x.verdict from record_statuses s
      join ${given} on x.verdict is not null and s.side = x.side and s.record_id = x."recordId"
      where s.integration_id = ${integrationId}::uuid and s.status = 'in_sync'
        and (s.verified_at is null or s.verified_at < ${readAt.toISOString()}::timestamptz)
      for no key update of s skip locked) found
    where (integration_id, side, record_id) = (found.of, found.at, found.id)`);
}
