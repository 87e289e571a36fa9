import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type RunCounts, type RunOutcome, type RunReason, runs } from "@/db/schema/runs";
import type { Deps } from "@/services/context";
import { loadPageContext } from "@/services/sync/load-page-context";
import { endRun, lockOpenRun, type OpenRun, readOpenRun, stopRun } from "./open-run";
import { wakeAt } from "./wake-at";

/** Whoever is still waiting by then is counted as waiting, and nobody waits for them any longer. */
const patienceMs = 15 * 60_000;

/**
 * Ends a run that has read every page, once the line has looked at all that was marked; what became of each record is
 * read from its status. Returns whether the run has ended.
 */
export async function finishReconcile(deps: Deps, runId: string, now = new Date()): Promise<boolean> {
  const seen = await readOpenRun(deps.db, runId);
  if (seen && !(await loadPageContext(deps.db, seen.integrationId))) {
    await stopRun(deps.db, runId, "inactive");
    return true;
  }
  return await deps.db.transaction(async (tx) => {
    const run = await lockOpenRun(tx, runId);
    if (!run) return true;
    if (!run.checkpoint.listed) return false;
    const waiting = await countWaiting(tx, run);
    const listedAt = Date.parse(run.checkpoint.listedAt ?? run.startedAt.toISOString());
    if (waiting && now.getTime() < listedAt + patienceMs) {
      const checkpoint = { ...run.checkpoint, ...wakeAt(now) };
      await tx.update(runs).set({ checkpoint }).where(eq(runs.id, runId));
      return false;
    }
    await settleItems(tx, run);
    await endRun(tx, run, { state: "finished", finishedAt: now, ...(await countItems(tx, runId)) });
    return true;
  });
}

/** A pending row that was noticed again later has been looked at since it was marked. */
const isWaiting = (run: OpenRun) => sql`exists (
  select 1 from pending_records p where p.integration_id = ${run.integrationId}::uuid
    and p.side = i.side and p.record_id = i.record_id and p.noticed_at <= i.at)`;

async function countWaiting(tx: Tx, run: OpenRun): Promise<number> {
  const [row] = await tx.execute(sql`
    select count(*)::int as waiting from run_items i
    where i.run_id = ${run.id}::uuid and i.outcome in ('marked', 'queued') and ${isWaiting(run)}`);
  return Number(row?.waiting ?? 0);
}

/** A contact that was linked meanwhile has its prospect's status; a record without one was removed with its partner. */
async function settleItems(tx: Tx, run: OpenRun): Promise<void> {
  await tx.execute(sql`
    update run_items i set
      outcome = case when looked.waiting then 'waiting'
        when looked.status is null or looked.status = 'in_sync' then case
          when i.outcome = 'marked' then 'repaired' when looked.reason = 'one_way' then 'one_way'
          when i.outcome = 'queued' then 'arrived' else 'equal' end
        else looked.status end,
      detail = case when looked.reason is null or looked.status = 'in_sync' then '{}'::jsonb else jsonb_build_object('reason', looked.reason) end
    from (
      select i.side, i.record_id, s.status, s.reason, ${isWaiting(run)} as waiting
      from run_items i
      left join record_links l on i.side = 'hubspot' and l.integration_id = ${run.integrationId}::uuid
        and l.contact_id = i.record_id
      left join record_statuses s on s.integration_id = ${run.integrationId}::uuid
        and s.side = case when l.id is null then i.side else 'snov' end
        and s.record_id = coalesce(l.prospect_id::text, i.record_id)
      where i.run_id = ${run.id}::uuid and i.outcome in ('known', 'marked', 'queued')
    ) looked
    where i.run_id = ${run.id}::uuid and i.side = looked.side and i.record_id = looked.record_id`);
}

type Counted = { outcome: RunOutcome; reason: string | null; count: number };

async function countItems(tx: Tx, runId: string): Promise<{ counts: RunCounts; reasons: RunReason[] }> {
  const rows = [
    ...(await tx.execute<Counted>(sql`
      select outcome, detail ->> 'reason' as reason, count(*)::int as count from run_items
      where run_id = ${runId}::uuid group by 1, 2 order by 3 desc, 1, 2`)),
  ];
  const of = (outcome: RunOutcome) =>
    rows.filter((row) => row.outcome === outcome).reduce((sum, { count }) => sum + count, 0);
  const arrived = of("arrived");
  const counts = {
    equal: of("equal") + arrived,
    oneWay: of("one_way"),
    repaired: of("repaired"),
    inConflict: of("in_conflict"),
    failing: of("failing"),
    excluded: of("excluded"),
    waiting: of("waiting"),
  };
  return {
    counts: { compared: Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts, arrived },
    reasons: rows.flatMap(({ outcome, ...row }) => (isTold(outcome) ? [{ outcome, ...row }] : [])),
  };
}

const told = ["one_way", "repaired", "in_conflict", "failing", "excluded", "waiting"] as const;

function isTold(outcome: RunOutcome): outcome is RunReason["outcome"] {
  return told.some((one) => one === outcome);
}
