import { absenceDelay, retryAfterDelay } from "./backoff";
import type { AppReply } from "./call-app";
import { inTransaction, type Transaction } from "./database";
import { finishRun, type Run, type RunEnd } from "./finish-run";
import type { RunnerFunction } from "./function-config";
import { holdJob, type Job, postponeJob, removeJob } from "./jobs";
import { applyOpcodes, recordEndedStep } from "./opcodes";
import { Opcodes, type RunError, toRunError } from "./protocol";
import type { Runner } from "./runner";

export type Dispatch = { job: Job; run: Run; fn: RunnerFunction };
type Answer = Extract<AppReply, { kind: "answer" }>;

/** A step that kills its process would else come back for ever. A saved step starts the count anew. */
const MOST_INTERRUPTIONS = 10;

/**
 * Stores what a call led to: its results, its successors and the removal of its job, in one transaction. If the
 * claim was lost meanwhile, nothing is stored.
 */
export async function settleCall(runner: Runner, dispatch: Dispatch, reply: AppReply): Promise<void> {
  await inTransaction(runner.db, async (tx) => {
    const run = await lockRun(tx, dispatch.run.id);
    if (!(await holdJob(tx, dispatch.job))) {
      runner.log.warn("a call came back after its lease was lost; its result is dropped", {
        run: dispatch.run.id,
      });
      return;
    }
    if (!run) return removeJob(tx, dispatch.job);
    if (reply.kind === "answer") await settleAnswer(runner, tx, { ...dispatch, run }, reply);
    else if (reply.kind === "absent") await settleAbsence(runner, tx, dispatch.job, reply.reason);
    else await settleInterruption(runner, tx, dispatch.job, run, reply.reason);
  });
}

/** Ends the run in place of its call. */
export async function settleWith(runner: Runner, job: Job, end: RunEnd): Promise<void> {
  await inTransaction(runner.db, async (tx) => {
    const run = await lockRun(tx, job.runId ?? "");
    if (!(await holdJob(tx, job))) return;
    await removeJob(tx, job);
    if (run) await finishRun(runner, tx, run.id, end);
  });
}

async function settleAbsence(runner: Runner, tx: Transaction, job: Job, reason: string): Promise<void> {
  const delay = absenceDelay(job.deferrals);
  runner.log.warn("the app did not take a call", { run: job.runId ?? undefined, reason, retryInMs: delay });
  runner.requestSync();
  await postponeJob(tx, job, delay, { deferrals: job.deferrals + 1 });
}

async function settleInterruption(
  runner: Runner,
  tx: Transaction,
  job: Job,
  run: Run,
  reason: string,
): Promise<void> {
  runner.requestSync();
  const interruptions = job.interruptions + 1;
  runner.log.warn("a call was interrupted", { run: run.id, reason, interruptions });
  if (interruptions <= MOST_INTERRUPTIONS) {
    return postponeJob(tx, job, absenceDelay(job.interruptions), { interruptions });
  }
  await removeJob(tx, job);
  await finishRun(runner, tx, run.id, { status: "failed", error: interruptedError(interruptions, reason) });
}

/** After a claim that took over from a lost worker. */
export function tooManyInterruptions(job: Job): RunError | null {
  return job.interruptions > MOST_INTERRUPTIONS
    ? interruptedError(job.interruptions, "the runner was lost")
    : null;
}

function interruptedError(times: number, reason: string): RunError {
  return { name: "InterruptedError", message: `The call was cut off ${times} times in a row (${reason})` };
}

async function lockRun(tx: Transaction, runId: string): Promise<Run | null> {
  const [run] = await tx<Run[]>`
    select * from runner_runs where id = ${runId} and status in ('queued', 'running') for update`;
  return run ?? null;
}

async function settleAnswer(
  runner: Runner,
  tx: Transaction,
  dispatch: Dispatch,
  answer: Answer,
): Promise<void> {
  const { job, run, fn } = dispatch;
  const body = parseBody(answer.body);
  if (answer.status === 500 && isUnknownFunction(body))
    return settleAbsence(runner, tx, job, toRunError(body).message);
  await rememberVersion(tx, run, answer);

  const isFinal = answer.headers["x-inngest-no-retry"] === "true" || job.attempt + 1 >= fn.maxAttempts;
  const retry = () => {
    const wait = retryAfterDelay(answer.headers["retry-after"], new Date()) ?? runner.retryDelay(job.attempt);
    return postponeJob(tx, job, wait, { attempt: job.attempt + 1, interruptions: 0, deferrals: 0 });
  };

  if (answer.status === 206) {
    const ops = Opcodes.safeParse(body);
    if (!ops.success) {
      await removeJob(tx, job);
      return finishRun(runner, tx, run.id, {
        status: "failed",
        error: toRunError("The SDK's answer is not a list of steps"),
      });
    }
    const failed = ops.data.find((op) => op.op === "StepError");
    if (failed && !isFinal) {
      for (const op of ops.data) if (op !== failed) await recordEndedStep(tx, run.id, op);
      return retry();
    }
    await removeJob(tx, job);
    return applyOpcodes(runner, tx, { run, fn }, ops.data);
  }
  if (answer.status !== 200 && !isFinal) return retry();
  await removeJob(tx, job);
  const end: RunEnd =
    answer.status === 200
      ? { status: "completed", output: body }
      : { status: "failed", error: toRunError(body) };
  await finishRun(runner, tx, run.id, end);
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The app is older or newer than our list of its functions; the SDK has no code for it, only this sentence. */
function isUnknownFunction(body: unknown): boolean {
  return /^Function ".*" was not found in this app/.test(toRunError(body).message);
}

async function rememberVersion(tx: Transaction, run: Run, answer: Answer): Promise<void> {
  const version = Number(answer.headers["x-inngest-req-version"]);
  if (run.requestVersion !== -1 || !Number.isInteger(version)) return;
  await tx`update runner_runs set request_version = ${version} where id = ${run.id}`;
}
