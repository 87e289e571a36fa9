import type { InferSelectModel } from "drizzle-orm";
import type { runnerJobs } from "@/db/schema/runner";
import type { Transaction } from "./database";

export type Job = InferSelectModel<typeof runnerJobs>;
export type NewJob = Pick<Job, "kind" | "dedupeKey"> &
  Partial<Pick<Job, "runId" | "stepId" | "subject" | "runAt" | "concurrencyKeys" | "concurrencyLimits">>;

export const JOBS_CHANNEL = "runner_jobs";

/** The step id that stands for "call the function and see what it does next". */
export const DISCOVERY = "step";

/** Queues a job once: a job of the same dedupe key that is already there stands for this one. */
export async function enqueue(tx: Transaction, job: NewJob): Promise<void> {
  const insert = tx`
    insert into runner_jobs (kind, dedupe_key, run_id, step_id, subject, run_at, concurrency_keys, concurrency_limits)
    values (${job.kind}, ${job.dedupeKey}, ${job.runId ?? null}, ${job.stepId ?? null}, ${job.subject ?? null},
      coalesce(${job.runAt ?? null}::timestamptz, now()), ${job.concurrencyKeys ?? []}::text[], ${job.concurrencyLimits ?? []}::int[])
    on conflict (dedupe_key) do nothing`;
  await Promise.all([insert, announceWork(tx)]);
}

/** Wakes every runner process when this transaction commits. */
async function announceWork(tx: Transaction): Promise<void> {
  await tx`select pg_notify(${JOBS_CHANNEL}, '')`;
}

/**
 * Locks the job if this very claim still holds it. False means that the lease was lost and another worker
 * took the job: nothing of what this worker did may be stored. Lock the run's row before.
 */
export async function holdJob(tx: Transaction, job: Job): Promise<boolean> {
  const rows = await tx`
    select 1 from runner_jobs where id = ${job.id} and claims = ${job.claims} and claimed_by = ${job.claimedBy} for update`;
  return rows.length === 1;
}

export async function removeJob(tx: Transaction, job: Job): Promise<void> {
  await tx`delete from runner_jobs where id = ${job.id}`;
  if (job.concurrencyKeys.length > 0) await announceWork(tx);
}

/** Gives a held job back to the queue, to be claimed again after `delayMs`. */
export async function postponeJob(
  tx: Transaction,
  job: Job,
  delayMs: number,
  counts: Partial<Pick<Job, "attempt" | "interruptions" | "deferrals">> = {},
): Promise<void> {
  const { attempt, interruptions, deferrals } = { ...job, ...counts };
  await tx`
    update runner_jobs
    set claimed_by = null, leased_until = null, run_at = now() + make_interval(secs => ${delayMs / 1000}),
      attempt = ${attempt}, interruptions = ${interruptions}, deferrals = ${deferrals}
    where id = ${job.id}`;
  await announceWork(tx);
}
