import { afterEach, describe, expect, it } from "vitest";
import { claimJobs } from "@/inngest/runner/claim";
import { renewLeases } from "@/inngest/runner/lease";
import { createHarnesses } from "./support/harness";

const { start, stopAll } = createHarnesses();
afterEach(stopAll);

describe("claims", () => {
  it("never give one job to two workers, nor more of a key than its limit, even when a lease lapses", async () => {
    const harness = await start(() => []);
    await harness.runner.stop();
    const { db } = harness;
    await db`
      insert into runner_jobs (kind, dedupe_key, subject, concurrency_keys, concurrency_limits)
      select 'route', 'job ' || n, 'none', array['k' || n % 5], array[2] from generate_series(1, 50) n`;
    const workers = Array.from({ length: 6 }, () => crypto.randomUUID());
    const claims = await Promise.all(workers.map((worker) => claimJobs(db, worker, 10_000, 4, [])));
    const ids = claims.flatMap((claim) => claim.jobs.map((job) => job.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(10);

    await db`update runner_jobs set leased_until = now() - interval '1 second' where id = ${ids[0] ?? 0}`;
    const late = await claimJobs(db, crypto.randomUUID(), 10_000, 20, []);
    expect(late.jobs.map((job) => [job.id, job.interruptions])).toEqual([[ids[0], 1]]);

    const lost = claims.flatMap((claim) => claim.jobs).filter((job) => job.id === ids[0]);
    await db`update runner_jobs set leased_until = now() where id = ${ids[0] ?? 0}`;
    await renewLeases(db, lost, 10_000);
    const [row] = await db<
      { lapsed: boolean }[]
    >`select leased_until <= now() as lapsed from runner_jobs where id = ${ids[0] ?? 0}`;
    expect(row?.lapsed).toBe(true);
  });
});
