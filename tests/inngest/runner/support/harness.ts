import type { Inngest, InngestFunction } from "inngest";
import { openDatabase } from "@/inngest/runner/database";
import type { RunnerLog } from "@/inngest/runner/log";
import { type RunnerOptions, type RunningRunner, startRunner } from "@/inngest/runner/start-runner";
import { createTestDatabase } from "@/tests/support/test-database";
import { createClient, createKeys, freePort, startApp } from "./test-app";
import { waitFor } from "./wait-for";

export type RunRow = {
  id: string;
  functionId: string;
  status: string;
  output: unknown;
  error: { name: string; message: string } | null;
};
export type Harness = Awaited<ReturnType<typeof startHarness>>;

const quiet: RunnerLog = { info: () => {}, warn: () => {}, error: () => {} };

/** An app with the given functions, a runner in this process and a database of their own. */
export async function startHarness(
  define: (inngest: Inngest) => InngestFunction.Any[],
  options: { checkpointing?: boolean; runner?: Partial<RunnerOptions> } = {},
) {
  const keys = createKeys();
  const [database, port] = await Promise.all([createTestDatabase(), freePort()]);
  const client = createClient(`http://127.0.0.1:${port}`, keys, { checkpointing: options.checkpointing });
  const app = await startApp(client, define(client));
  const runnerOptions: RunnerOptions = {
    databaseUrl: database.url,
    port,
    serveUrl: app.serveUrl,
    ...keys,
    log: quiet,
    retryDelay: () => 50,
    ...options.runner,
  };
  const runners: RunningRunner[] = [];
  const addRunner = async (own: Partial<RunnerOptions> = {}) => {
    const runner = await startRunner({ ...runnerOptions, port: runners.length === 0 ? port : 0, ...own });
    runners.push(runner);
    await runner.synced;
    return runner;
  };
  const runner = await addRunner();
  const db = openDatabase(database.url);

  const runsOf = (functionId: string) => db<RunRow[]>`
    select id, function_id, status, output, error from runner_runs where function_id = ${`app-${functionId}`} order by created_at, id`;
  const ended = (functionId: string, count = 1) =>
    waitFor(`${count} ended runs of ${functionId}`, async () => {
      const rows = await runsOf(functionId);
      return rows.filter((row) => !["queued", "running"].includes(row.status)).length >= count && rows;
    });

  return {
    client,
    app,
    runner,
    runnerOptions,
    keys,
    db,
    addRunner,
    send: (name: string, data: Record<string, unknown> = {}, id?: string) =>
      client.send({ name, data, ...(id ? { id } : {}) }),
    runsOf,
    /** All runs of a function once `count` of them have ended. */
    ended,
    endedOne: async (functionId: string) => {
      const [row] = await ended(functionId);
      if (!row) throw new Error("no run");
      return row;
    },
    stop: async () => {
      await Promise.all(runners.map((each) => each.stop(1000)));
      await app.stop();
      await db.end({ timeout: 2 });
      await database.drop();
    },
  };
}

/** Harnesses that live for one test each. */
export function createHarnesses() {
  const open: Harness[] = [];
  return {
    start: async (...args: Parameters<typeof startHarness>) => {
      const harness = await startHarness(...args);
      open.push(harness);
      return harness;
    },
    stopAll: async () => {
      await Promise.all(open.splice(0).map((harness) => harness.stop()));
    },
  };
}
