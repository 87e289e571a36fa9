import { randomUUID } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "@/inngest/runner/database";
import { createTestDatabase } from "@/tests/support/test-database";
import { type RunnerProcess, spawnRunner } from "./support/runner-process";
import { createClient, createKeys, freePort, startApp } from "./support/test-app";
import { waitFor } from "./support/wait-for";

/**
 * Invariant: however often runner processes are killed, every run completes, and every step ends once: one result
 * is recorded, and every later step that ever began saw that one. The body of a step may begin again.
 */
const RUNS = 60;
const STEPS = 4;
const KILLS = 6;

const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

it("60 runs of 4 steps complete, each step ending once, through 6 SIGKILLs of two runner processes", async () => {
  const keys = createKeys();
  const [database, port] = await Promise.all([createTestDatabase(), freePort()]);
  const client = createClient(`http://127.0.0.1:${port}`, keys);
  const observed = new Map<string, Set<string>>();
  const observe = (step: string, result: string) => {
    observed.set(step, (observed.get(step) ?? new Set()).add(result));
  };
  let begun = 0;

  const chaos = client.createFunction(
    {
      id: "chaos",
      triggers: [{ event: "chaos/asked" }],
      retries: 0,
      concurrency: { limit: 3, key: "event.data.key" },
    },
    async ({ event, step }) => {
      const results: string[] = [];
      for (let index = 0; index < STEPS; index++) {
        const before = results.at(-1);
        const result = await step.run(`step ${index}`, async () => {
          begun += 1;
          if (before) observe(`${event.data.n} step ${index - 1}`, before);
          await new Promise((resolve) => setTimeout(resolve, 30));
          return randomUUID();
        });
        results.push(result);
      }
      return results;
    },
  );
  const app = await startApp(client, [chaos]);
  const db = openDatabase(database.url);
  cleanups.push(database.drop, () => db.end(), app.stop);

  const env = {
    DATABASE_URL: database.url,
    APP_URL: app.url,
    INNGEST_SIGNING_KEY: keys.signingKey,
    INNGEST_EVENT_KEY: keys.eventKey,
    RUNNER_LEASE_MS: "1000",
  };
  const spawnAt = (runnerPort: number) => spawnRunner({ ...env, RUNNER_PORT: String(runnerPort) });
  const ports = [port, await freePort()];
  const runners: RunnerProcess[] = ports.map(spawnAt);
  cleanups.push(async () => {
    for (const runner of runners) runner.child.kill("SIGKILL");
    await Promise.all(runners.map((runner) => runner.exited));
  });
  await Promise.all(runners.map((runner) => runner.ready));

  await client.send(
    Array.from({ length: RUNS }, (_, n) => ({
      name: "chaos/asked",
      data: { n, key: n % 4 },
      id: `chaos-${n}`,
    })),
  );
  const stepsDone = async () => {
    const [row] = await db<
      { count: number }[]
    >`select count(*)::int as count from runner_steps where state = 'done'`;
    return row?.count ?? 0;
  };
  for (let kill = 0; kill < KILLS; kill++) {
    const due = ((kill + 1) * RUNS * STEPS) / (KILLS + 2);
    await waitFor(`${due} steps`, async () => (await stepsDone()) >= due);
    const victim = kill % 2;
    runners[victim]?.child.kill("SIGKILL");
    await runners[victim]?.exited;
    runners[victim] = spawnAt(ports[victim] ?? 0);
    await runners[victim]?.ready;
  }

  const runs = await waitFor(
    "all runs to end",
    async () => {
      const rows = await db<{ status: string; output: string[]; n: number }[]>`
        select status, output, (event->'data'->>'n')::int as n from runner_runs where ended_at is not null`;
      return rows.length === RUNS && rows;
    },
    30_000,
  );
  expect(runs.filter((run) => run.status !== "completed")).toEqual([]);
  expect(await stepsDone()).toBe(RUNS * STEPS);
  expect(begun).toBeGreaterThanOrEqual(RUNS * STEPS);
  for (const run of runs) {
    const seen = run.output
      .slice(0, -1)
      .map((_, index) => [...(observed.get(`${run.n} step ${index}`) ?? [])]);
    expect(seen).toEqual(run.output.slice(0, -1).map((result) => [result]));
  }
  expect(await db`select 1 from runner_jobs where run_id is not null`).toHaveLength(0);
});
