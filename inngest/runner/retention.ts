import type { Database } from "./database";

const BATCH = 500;

/** Removes ended runs with their steps, events and idempotency keys that are past their time, in small transactions. */
export async function removeExpired(db: Database, days: number): Promise<number> {
  const batches = [
    () => db`
      delete from runner_runs where id in (
        select id from runner_runs where ended_at < now() - make_interval(days => ${days})
        order by ended_at limit ${BATCH} for update skip locked)`,
    () => db`
      delete from runner_events where id in (
        select id from runner_events where received_at < now() - make_interval(days => ${days})
        order by received_at limit ${BATCH} for update skip locked)`,
    () => db`
      delete from runner_idempotency_keys where key in (
        select key from runner_idempotency_keys where expires_at < now() limit ${BATCH} for update skip locked)`,
  ];
  let removed = 0;
  for (const removeBatch of batches) {
    let count = BATCH;
    while (count === BATCH) {
      count = (await removeBatch()).count;
      removed += count;
    }
  }
  return removed;
}
