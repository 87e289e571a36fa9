import { openDatabase } from "@/inngest/runner/database";
import { startRunner } from "@/inngest/runner/start-runner";
import { openSyncWorld } from "../../support/sync-world";
import type { RunRow } from "../runner/support/harness";
import { freePort, startApp } from "../runner/support/test-app";
import { waitFor } from "../runner/support/wait-for";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The app's functions of these ids as the app serves them, on the embedded runner, in a world of their own. */
export async function openFunctionWorld(
  ids: string[],
  options: Parameters<typeof openSyncWorld>[0] & { retryDelay?: () => number } = {},
) {
  const port = await freePort();
  process.env.INNGEST_BASE_URL = `http://127.0.0.1:${port}`;
  const world = await openSyncWorld(options);
  // What they are made of reads the environment, which the world has just set.
  const [{ inngest }, { allFunctions }] = await Promise.all([
    import("@/inngest/client"),
    import("@/inngest/functions/all"),
  ]);
  const app = await startApp(
    inngest,
    allFunctions(world.ctx).filter((fn) => ids.includes(fn.id())),
  );
  let now = new Date("2030-05-05T00:00:30Z");
  const runner = await startRunner({
    databaseUrl: world.databaseUrl,
    port,
    serveUrl: app.serveUrl,
    signingKey: process.env.INNGEST_SIGNING_KEY ?? "",
    eventKey: process.env.INNGEST_EVENT_KEY ?? "",
    log: quiet,
    retryDelay: options.retryDelay ?? (() => 50),
    clock: () => now,
  });
  await runner.synced;
  const engine = openDatabase(world.databaseUrl);
  const schedules = () => engine`select 1 from runner_cron_slots`;
  const scheduled = ids.filter((id) => byClock.includes(id)).length;
  await waitFor("the schedules to be known", async () => (await schedules()).length >= scheduled);

  const runsOf = (id: string) => engine<RunRow[]>`
    select id, function_id, status, output, error from runner_runs where function_id = ${`app-${id}`} order by created_at, id`;
  const ended = (id: string, count = 1) =>
    waitFor(`${count} ended runs of ${id}`, async () => {
      const rows = await runsOf(id);
      return (
        rows.filter(({ status }) => status === "completed" || status === "failed").length >= count && rows
      );
    });
  return {
    ...world,
    send: (event: Parameters<typeof inngest.send>[0]) => inngest.send(event),
    engine,
    runsOf,
    /** All runs of a function once `count` of them have ended. */
    ended,
    /** The next of a schedule's moments comes; the run that it starts, once that has ended. */
    async tick(id: string, hours = 0) {
      const before = (await runsOf(id)).length;
      now = new Date(now.getTime() + (hours ? hours * 3_600_000 : 10 * 60_000));
      return (await ended(id, before + 1)).at(-1);
    },
    /** Whoever sleeps wakes now. */
    wakeSleepers: () => engine`update runner_jobs set run_at = now() where kind = 'sleep'`,
    sleepers: () => engine<{ seconds: number }[]>`
      select extract(epoch from run_at - now())::float8 as seconds from runner_jobs where kind = 'sleep'`,
    close: async () => {
      await runner.stop(1000);
      await app.stop();
      await engine.end({ timeout: 2 });
      await world.close();
    },
  };
}
export type FunctionWorld = Awaited<ReturnType<typeof openFunctionWorld>>;

const byClock = ["start-reconciles", "refresh-properties", "learn-givers", "snapshot-statuses"];
