import type { Database } from "./database";
import type { Job } from "./jobs";

/**
 * Renews the leases of the jobs in hand. A lease that lapsed is renewed too, as long as nobody claimed the job
 * since. Rows that a settlement holds are skipped, so that a renewal never waits.
 */
export async function renewLeases(db: Database, jobs: Job[], leaseMs: number): Promise<void> {
  if (jobs.length === 0) return;
  await db`
    update runner_jobs set leased_until = now() + make_interval(secs => ${leaseMs / 1000})
    where id in (${heldBy(db, jobs)})`;
}

/** Hands unfinished jobs back at shutdown, so that the next process need not wait for the leases to lapse. */
export async function releaseLeases(db: Database, jobs: Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await db`
    update runner_jobs set claimed_by = null, leased_until = null, run_at = now()
    where id in (${heldBy(db, jobs)})`;
}

function heldBy(db: Database, jobs: Job[]) {
  return db`
    select job.id from runner_jobs job
    join unnest(${jobs.map((job) => job.id)}::bigint[], ${jobs.map((job) => job.claims)}::int[]) as mine(id, claims)
      on job.id = mine.id and job.claims = mine.claims
    where job.claimed_by = ${jobs[0]?.claimedBy ?? null}
    for update of job skip locked`;
}
