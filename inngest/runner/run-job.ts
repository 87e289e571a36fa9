import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { absenceDelay } from "./backoff";
import { inTransaction, isDatabaseAway } from "./database";
import { endDebounce } from "./debounce";
import { readEvent } from "./event-store";
import type { Run } from "./finish-run";
import { DISCOVERY, holdJob, type Job, postponeJob, removeJob } from "./jobs";
import { reasonOf } from "./log";
import { readMemo } from "./memo";
import { resolveStep } from "./resolve-step";
import { routeEvent } from "./route-event";
import type { Runner } from "./runner";
import { type Dispatch, settleCall, settleWith, tooManyInterruptions } from "./settle-call";

/** About 8 minutes of waiting for a function that the app does not declare. */
const MOST_WAITS_FOR_FUNCTION = 20;
/** The SDK fetches larger states than this from the runner instead of reading them in the call. */
const LARGEST_INLINE_STATE = 1_000_000;

/** Does one claimed job. What it could not store for lack of a database is stored when the database is back. */
export async function runJob(runner: Runner, job: Job): Promise<void> {
  switch (job.kind) {
    case "call":
      return runCall(runner, job);
    case "sleep":
      return persist(runner, job, () => endWait(runner, job, { data: null }));
    case "invoke-timeout": {
      const message = "Timed out waiting for the invoked function to complete";
      return persist(runner, job, () =>
        endWait(runner, job, { error: { name: "InngestInvokeTimeoutError", message } }),
      );
    }
    case "debounce":
      return persist(runner, job, () => inTransaction(runner.db, (tx) => endDebounce(runner, tx, job)));
    case "route":
      return persist(runner, job, () => routeStored(runner, job));
  }
}

async function runCall(runner: Runner, job: Job): Promise<void> {
  const run = await beginCall(runner, job);
  if (!run) return;
  const lost = tooManyInterruptions(job);
  if (lost) return persist(runner, job, () => settleWith(runner, job, { status: "failed", error: lost }));
  const fn = runner.functions.get(run.functionId);
  if (!fn) return persist(runner, job, () => waitForFunction(runner, job, run));
  const dispatch: Dispatch = { job, run, fn };
  const reply = await call(runner, dispatch);
  await persist(runner, job, () => settleCall(runner, dispatch, reply));
}

/** Marks the run as running. A call for its next steps gets a new generation, which makes every older call stale. */
async function beginCall(runner: Runner, job: Job): Promise<Run | null> {
  const [run] = await runner.db<Run[]>`
    update runner_runs
    set status = 'running', started_at = coalesce(started_at, now()), generation = generation + ${job.stepId === DISCOVERY ? 1 : 0}
    where id = ${job.runId} and status in ('queued', 'running')
      and exists (select 1 from runner_jobs where id = ${job.id} and claims = ${job.claims} and claimed_by = ${job.claimedBy})
    returning *`;
  if (run) return run;
  await inTransaction(runner.db, async (tx) => {
    if (await holdJob(tx, job)) await removeJob(tx, job);
  });
  return null;
}

async function call(runner: Runner, { job, run, fn }: Dispatch) {
  const memo = await readMemo(runner.db, run.id);
  const isLarge = memo.size > LARGEST_INLINE_STATE;
  const body = {
    version: run.requestVersion,
    event: run.event,
    events: [run.event],
    steps: isLarge ? {} : memo.steps,
    defers: {},
    use_api: isLarge,
    ctx: {
      run_id: run.id,
      fn_id: fn.id,
      qi_id: String(job.id),
      step_id: DISCOVERY,
      env: "",
      attempt: job.attempt,
      max_attempts: fn.maxAttempts,
      disable_immediate_execution: run.planOnly,
      use_api: isLarge,
      stack: { stack: memo.order, current: memo.order.length },
    },
  };
  return runner.app.callFunction(fn.id, job.stepId ?? DISCOVERY, body, {
    "x-run-id": run.id,
    "x-request-id": randomUUID(),
    "x-inngest-job-id": String(job.id),
    "x-inngest-generation-id": String(run.generation),
    "x-inngest-req-version": String(run.requestVersion),
  });
}

async function waitForFunction(runner: Runner, job: Job, run: Run): Promise<void> {
  runner.requestSync();
  if (job.deferrals >= MOST_WAITS_FOR_FUNCTION) {
    const error = { name: "Error", message: `The app no longer has a function ${run.functionId}` };
    return settleWith(runner, job, { status: "failed", error });
  }
  await inTransaction(runner.db, async (tx) => {
    if (!(await holdJob(tx, job))) return;
    await postponeJob(tx, job, absenceDelay(job.deferrals), { deferrals: job.deferrals + 1 });
  });
}

async function endWait(runner: Runner, job: Job, result: Parameters<typeof resolveStep>[3]): Promise<void> {
  await inTransaction(runner.db, async (tx) => {
    await tx`select 1 from runner_runs where id = ${job.runId} for update`;
    if (!(await holdJob(tx, job))) return;
    await removeJob(tx, job);
    await resolveStep(tx, job.runId ?? "", job.stepId ?? "", result);
  });
}

async function routeStored(runner: Runner, job: Job): Promise<void> {
  await inTransaction(runner.db, async (tx) => {
    if (!(await holdJob(tx, job))) return;
    await removeJob(tx, job);
    const event = await readEvent(tx, job.subject ?? "");
    if (event) await routeEvent(runner, tx, event);
  });
}

/**
 * Stores the outcome of a job. While the database is away it keeps trying: the claim stays valid as long as
 * nobody else took the job. An outcome that the database refuses fails its run, else it would come back for ever.
 */
async function persist(runner: Runner, job: Job, store: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await store();
    } catch (error) {
      if (runner.stopping.aborted) throw error;
      if (!isDatabaseAway(error)) return failRun(runner, job, error);
      await delay(Math.min(100 * 2 ** tries, 2000));
    }
  }
}

async function failRun(runner: Runner, job: Job, cause: unknown): Promise<void> {
  const message = `The outcome of a call could not be stored: ${reasonOf(cause)}`;
  runner.log.error("an outcome could not be stored", {
    run: job.runId ?? undefined,
    job: job.kind,
    reason: reasonOf(cause),
  });
  if (job.runId === null) throw cause;
  await settleWith(runner, job, { status: "failed", error: { name: "Error", message } });
}
