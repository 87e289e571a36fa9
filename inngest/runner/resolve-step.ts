import { jsonText, type Transaction } from "./database";
import { DISCOVERY, enqueue } from "./jobs";
import type { StepResult } from "./protocol";

/** Gives a pending step its result from outside of a call: a sleep is over, an invoked function ended. */
export async function resolveStep(
  tx: Transaction,
  runId: string,
  stepId: string,
  result: StepResult,
): Promise<void> {
  const run =
    await tx`select 1 from runner_runs where id = ${runId} and status in ('queued', 'running') for update`;
  if (run.length === 0) return;
  const resolved = await tx`
    update runner_steps
    set state = 'done', result = ${jsonText(result)}::text::json, position = nextval('runner_step_order')
    where run_id = ${runId} and id = ${stepId} and state = 'pending' returning 1`;
  if (resolved.length === 1) await advanceRun(tx, runId);
}

/** Memoizes a step that ended inside of a call. The first result stands: a later one changes nothing. */
export async function recordStep(
  tx: Transaction,
  runId: string,
  step: { id: string; op: string; name: string | null },
  result: StepResult,
): Promise<void> {
  await tx`
    insert into runner_steps as own (run_id, id, op, name, state, result, position)
    values (${runId}, ${step.id}, ${step.op}, ${step.name}, 'done', ${jsonText(result)}::text::json, nextval('runner_step_order'))
    on conflict (run_id, id) do update
    set state = 'done', op = excluded.op, result = excluded.result, position = excluded.position
    where own.state = 'pending'`;
}

/**
 * Queues the next call of the run once nothing is pending. The caller holds the run's row: two last parallel
 * steps that settled side by side would else each see the other pending, and the run would hang.
 */
export async function advanceRun(tx: Transaction, runId: string): Promise<void> {
  const [run] = await tx<{ concurrencyKeys: string[]; concurrencyLimits: number[] }[]>`
    update runner_runs set plan_only = false
    where id = ${runId} and status in ('queued', 'running')
      and not exists (select 1 from runner_steps where run_id = ${runId} and state = 'pending')
    returning concurrency_keys, concurrency_limits`;
  if (!run) return;
  await enqueue(tx, { kind: "call", dedupeKey: `${runId}:${DISCOVERY}`, runId, stepId: DISCOVERY, ...run });
}
