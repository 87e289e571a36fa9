import type { InngestFunction } from "inngest";
import { afterEach, describe, expect, it } from "vitest";
import { openDatabase } from "@/inngest/runner/database";
import { createTestDatabase } from "@/tests/support/test-database";
import { type RunnerProcess, spawnRunner } from "./support/runner-process";
import { createClient, createKeys, freePort, startApp } from "./support/test-app";
import { gate, waitFor } from "./support/wait-for";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function world(define: (client: ReturnType<typeof createClient>) => InngestFunction.Any[]) {
  const keys = createKeys();
  const [database, port] = await Promise.all([createTestDatabase(), freePort()]);
  const client = createClient(`http://127.0.0.1:${port}`, keys);
  const app = await startApp(client, define(client));
  const db = openDatabase(database.url);
  cleanups.push(database.drop, () => db.end(), app.stop);
  const env = {
    DATABASE_URL: database.url,
    RUNNER_PORT: String(port),
    APP_URL: app.url,
    INNGEST_SIGNING_KEY: keys.signingKey,
    INNGEST_EVENT_KEY: keys.eventKey,
  };
  const start = (): RunnerProcess => {
    const runner = spawnRunner(env);
    cleanups.push(() => {
      runner.child.kill("SIGKILL");
      return runner.exited;
    });
    return runner;
  };
  return { client, db, start };
}

describe("the runner's program", () => {
  it("refuses functions with features that it lacks, names each, and ends with 1", async () => {
    const { start } = await world((client) => [
      client.createFunction({ id: "fine", triggers: [{ event: "a" }] }, () => 1),
      client.createFunction(
        { id: "batched", triggers: [{ event: "a" }], batchEvents: { maxSize: 5, timeout: "5s" } },
        () => 1,
      ),
      client.createFunction({ id: "late", triggers: [{ event: "a" }], timeouts: { start: "10s" } }, () => 1),
    ]);
    const runner = start();
    expect(await runner.exited).toBe(1);
    expect(runner.errors()).toContain("app-batched: batchEvents is not supported");
    expect(runner.errors()).toContain("app-late: timeouts is not supported");
    expect(runner.errors()).not.toContain("app-fine");
  });

  it("names every variable that is missing or malformed, and ends with 1", async () => {
    const runner = spawnRunner({ APP_URL: "nonsense" });
    expect(await runner.exited).toBe(1);
    for (const name of ["DATABASE_URL", "APP_URL", "INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"]) {
      expect(runner.errors()).toContain(name);
    }
  });

  it("lets a call under way settle on SIGTERM, takes no new one, and ends with 0", async () => {
    const began = gate();
    const { client, db, start } = await world((inngest) => [
      inngest.createFunction({ id: "slow", triggers: [{ event: "slow/asked" }] }, async () => {
        began.open();
        await waitFor("the runner to be told to stop", () => isStopping);
        await client.send({ name: "late/asked" }).catch(() => {});
        return "settled";
      }),
      inngest.createFunction({ id: "late", triggers: [{ event: "late/asked" }] }, () => "too late"),
    ]);
    let isStopping = false;
    const runner = start();
    await runner.ready;
    await client.send({ name: "slow/asked" });
    await began.opened;
    runner.child.kill("SIGTERM");
    isStopping = true;
    expect(await runner.exited).toBe(0);
    const runs = await db<{ functionId: string; status: string }[]>`
      select function_id, status from runner_runs order by created_at`;
    expect(runs).toEqual([
      { functionId: "app-slow", status: "completed" },
      { functionId: "app-late", status: "queued" },
    ]);
  });
});
