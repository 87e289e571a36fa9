import { keyOf } from "./cel";
import { jsonText, type Transaction } from "./database";
import { parseDuration } from "./duration";
import type { RunnerFunction } from "./function-config";
import { enqueue, holdJob, type Job, postponeJob, removeJob } from "./jobs";
import type { StoredEvent } from "./protocol";
import type { Runner } from "./runner";
import { startRun } from "./start-run";

const LONGEST_DEBOUNCE_MS = 7 * 86_400_000;

/** Keeps the newest event and starts the function once no other came for the period, or its timeout is over. */
export async function debounceEvent(tx: Transaction, fn: RunnerFunction, event: StoredEvent): Promise<void> {
  if (!fn.debounce) throw new Error(`${fn.id} has no debounce`);
  const key = `${fn.id}:${keyOf(fn.debounce.key, { event })}`;
  const period = (parseDuration(fn.debounce.period) ?? 0) / 1000;
  const longest = ((fn.debounce.timeout && parseDuration(fn.debounce.timeout)) || LONGEST_DEBOUNCE_MS) / 1000;
  const [row] = await tx<{ dueAt: Date }[]>`
    insert into runner_debounces (key, function_id, event, due_at)
    values (${key}, ${fn.id}, ${jsonText(event)}::text::json, now() + make_interval(secs => ${period}))
    on conflict (key) do update set event = excluded.event,
      due_at = least(excluded.due_at, runner_debounces.started_at + make_interval(secs => ${longest}))
    returning due_at`;
  await enqueue(tx, { kind: "debounce", dedupeKey: `debounce:${key}`, subject: key, runAt: row?.dueAt });
}

/** Locks the debounce before its job, as an arriving event does. */
export async function endDebounce(runner: Runner, tx: Transaction, job: Job): Promise<void> {
  const [row] = await tx<{ functionId: string; event: StoredEvent; waitMs: number }[]>`
    select function_id, event, (extract(epoch from due_at - now()) * 1000)::float8 as wait_ms from runner_debounces
    where key = ${job.subject} for update`;
  if (!(await holdJob(tx, job))) return;
  if (row && row.waitMs > 0) return postponeJob(tx, job, row.waitMs);
  const fn = row && runner.functions.get(row.functionId);
  await tx`delete from runner_debounces where key = ${job.subject}`;
  await removeJob(tx, job);
  if (row && fn) await startRun(runner, tx, fn, row.event);
}
