import type { InferSelectModel } from "drizzle-orm";
import type { runnerRuns } from "@/db/schema/runner";
import { jsonText, type Transaction } from "./database";
import { emitEvent } from "./event-store";
import type { RunError, StepResult, StoredEvent } from "./protocol";
import { resolveStep } from "./resolve-step";
import type { Runner } from "./runner";

export type Run = InferSelectModel<typeof runnerRuns> & { event: StoredEvent };
export type RunEnd =
  | { status: "completed"; output: unknown }
  | { status: "failed"; error: RunError }
  | { status: "cancelled" };

/** Ends a live run, tells the run that invoked it, and emits Inngest's event about it. */
export async function finishRun(runner: Runner, tx: Transaction, runId: string, end: RunEnd): Promise<void> {
  const output = end.status === "completed" ? jsonText(end.output) : null;
  const error = end.status === "failed" ? jsonText(end.error) : null;
  const [run] = await tx<Run[]>`
    update runner_runs
    set status = ${end.status}, output = ${output}::text::json, error = ${error}::text::json, ended_at = now()
    where id = ${runId} and status in ('queued', 'running') returning *`;
  if (!run) return;
  await tx`update runner_steps set state = 'dropped' where run_id = ${runId} and state = 'pending'`;
  // A call under way keeps its job, and with it its concurrency slots, until it comes back.
  await tx`delete from runner_jobs where run_id = ${runId} and claimed_by is null`;
  if (run.parentRunId !== null && run.parentStepId !== null) {
    await resolveStep(tx, run.parentRunId, run.parentStepId, resultForParent(end));
  }
  for (const event of endEvents(run, end)) {
    const isAwaited =
      runner.functions.triggeredBy(event.name).length + runner.functions.cancelledBy(event.name).length > 0;
    if (isAwaited) await emitEvent(tx, event);
  }
  if (end.status === "failed") {
    runner.log.error("run failed", { function: run.functionId, run: run.id, error: end.error.name });
  }
}

function resultForParent(end: RunEnd): StepResult {
  if (end.status === "completed") return { data: end.output ?? null };
  return {
    error:
      end.status === "failed" ? end.error : { name: "Error", message: "The invoked function was cancelled" },
  };
}

function endEvents(run: Run, end: RunEnd): StoredEvent[] {
  // What follows from these events does not make more of them.
  if (/^inngest\/function\.(failed|finished|cancelled)$/.test(run.event.name)) return [];
  const names = end.status === "completed" ? ["finished"] : ["finished", end.status];
  return names.map((name) => ({
    id: `${run.id}-${name}`,
    name: `inngest/function.${name}`,
    ts: Date.now(),
    data: {
      function_id: run.functionId,
      run_id: run.id,
      event: run.event,
      events: [run.event],
      ...(end.status === "failed" ? { error: end.error } : {}),
      ...(end.status === "completed" ? { result: end.output ?? null } : {}),
    },
  }));
}
