import { admit, type Candidate } from "./admit";
import { type Database, inTransaction, type Transaction } from "./database";
import type { Job } from "./jobs";

/**
 * Invariants of the claim:
 * 1. A job is held by one claim at a time. `claims` numbers them; whoever settles must name its own number.
 * 2. Claims of all processes take turns under one advisory lock, so concurrency limits are exact.
 * 3. A job whose lease lapsed keeps its concurrency slots until it is claimed again, and then needs no new
 *    ones: a crash never lets a key exceed its limit.
 * 4. Claiming never waits for a row: a job that somebody settles or renews at this moment is skipped. So the
 *    claim takes no part in any deadlock.
 * 5. A claim after a lapsed lease counts as an interruption of the job.
 */
const CLAIM_LOCK = 7_301_442;
const CANDIDATES = 200;
const LONGEST_IDLE_MS = 1000;

export type Claim = { jobs: Job[] /** When to look again if nobody wakes us. */; idleMs: number };

export async function claimJobs(
  db: Database,
  workerId: string,
  leaseMs: number,
  free: number,
  running: number[],
): Promise<Claim> {
  return inTransaction(db, async (tx) => {
    // The lock is awaited alone: postgres.js may reorder statements that are sent together.
    await tx`select pg_advisory_xact_lock(${CLAIM_LOCK})`;
    const [lapsed, held] = await Promise.all([lapsedJobs(tx, running, free), heldSlots(tx)]);
    const candidates = free > lapsed.length ? await freshCandidates(tx, held) : [];
    const slots = new Map(held.map((row) => [row.key, row.count]));
    const ids = [...lapsed, ...admit(candidates, slots, free - lapsed.length)];
    const [jobs, wait] = await Promise.all([take(tx, workerId, leaseMs, ids), untilNextJob(tx)]);
    const mayBeMore = jobs.length === free || candidates.length === CANDIDATES;
    return { jobs, idleMs: jobs.length > 0 && mayBeMore ? 0 : wait };
  });
}

/** After the database was away a lease of our own may have lapsed while its work goes on: that one is renewed, not taken. */
async function lapsedJobs(tx: Transaction, running: number[], free: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select id from runner_jobs
    where claimed_by is not null and leased_until <= now() and id <> all(${running}::bigint[])
    order by leased_until limit ${free}`;
  return rows.map((row) => row.id);
}

type HeldSlot = { key: string; count: number };

async function heldSlots(tx: Transaction): Promise<HeldSlot[]> {
  return tx<HeldSlot[]>`
    select key, count(*)::int as count from runner_jobs, unnest(concurrency_keys) as key
    where claimed_by is not null group by key`;
}

/** The oldest due jobs, without those whose keys are full already. */
async function freshCandidates(tx: Transaction, held: HeldSlot[]): Promise<Candidate[]> {
  return tx<Candidate[]>`
    select id, concurrency_keys, concurrency_limits from runner_jobs
    where claimed_by is null and run_at <= now() and not exists (
      select 1 from unnest(concurrency_keys, concurrency_limits) as own(key, max)
      join unnest(${held.map((row) => row.key)}::text[], ${held.map((row) => row.count)}::int[]) as taken(key, count)
        on taken.key = own.key and taken.count >= own.max)
    order by run_at, id limit ${CANDIDATES}`;
}

async function take(tx: Transaction, workerId: string, leaseMs: number, ids: number[]): Promise<Job[]> {
  if (ids.length === 0) return [];
  return tx<Job[]>`
    with free as (
      select id from runner_jobs
      where id = any(${ids}::bigint[]) and (claimed_by is null or leased_until <= now())
      order by id for update skip locked)
    update runner_jobs job
    set interruptions = interruptions + (claimed_by is not null)::int, claims = claims + 1,
      claimed_by = ${workerId}, leased_until = now() + make_interval(secs => ${leaseMs / 1000})
    from free where job.id = free.id
    returning job.*`;
}

async function untilNextJob(tx: Transaction): Promise<number> {
  const [row] = await tx<{ seconds: number | null }[]>`
    select extract(epoch from min(run_at) - now())::float8 as seconds from runner_jobs
    where claimed_by is null and run_at > now()`;
  return Math.min(LONGEST_IDLE_MS, row?.seconds == null ? LONGEST_IDLE_MS : row.seconds * 1000 + 2);
}
