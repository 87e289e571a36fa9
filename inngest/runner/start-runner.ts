import { randomUUID } from "node:crypto";
import { retryDelay } from "./backoff";
import { createAppClient } from "./call-app";
import { createCron } from "./cron";
import { openDatabase } from "./database";
import { every } from "./every";
import type { UnsupportedFunctionError } from "./function-config";
import { createFunctionRegistry } from "./function-registry";
import { jsonLog, type RunnerLog } from "./log";
import { removeExpired } from "./retention";
import type { Runner } from "./runner";
import { startServer } from "./server";
import { type FunctionSync, startFunctionSync } from "./sync-functions";
import { createWorker } from "./worker";

export type RunnerOptions = {
  databaseUrl: string;
  /** 0 takes any free port. */
  port: number;
  /** Where the app serves its Inngest functions. */
  serveUrl: string;
  signingKey: string;
  eventKey: string;
  /** Told when the app declares what this runner lacks; nothing of it will run. */
  onUnsupported?: (error: UnsupportedFunctionError) => void;
  log?: RunnerLog;
  maxJobs?: number;
  leaseMs?: number;
  callTimeoutMs?: number;
  retentionDays?: number;
  /** Milliseconds to wait after the given failed attempt (0 = the first). */
  retryDelay?: (attempt: number) => number;
  clock?: () => Date;
};

export type RunningRunner = {
  url: string;
  /** Resolves once the app's functions are known for the first time. */
  synced: Promise<void>;
  /** Lets calls under way come back for `graceMs`, then hands them to whoever runs next. */
  stop: (graceMs?: number) => Promise<void>;
};

const TWO_HOURS_MS = 7_200_000;
const RETENTION_PERIOD_MS = 600_000;

export async function startRunner(options: RunnerOptions): Promise<RunningRunner> {
  const { serveUrl, signingKey, eventKey, log = jsonLog, callTimeoutMs = TWO_HOURS_MS } = options;
  const stopping = new AbortController();
  let sync: FunctionSync | undefined;
  const runner: Runner = {
    db: openDatabase(options.databaseUrl),
    id: randomUUID(),
    functions: createFunctionRegistry(),
    app: createAppClient({ serveUrl, signingKey, callTimeoutMs }),
    log,
    leaseMs: options.leaseMs ?? 4000,
    retryDelay: options.retryDelay ?? retryDelay,
    stopping: stopping.signal,
    wake: () => worker.wake(),
    requestSync: () => sync?.soon(),
  };
  const worker = createWorker(runner, options.maxJobs ?? 20);
  const server = await startServer(runner, { signingKey, eventKey }, options.port);

  const { promise: synced, resolve: markSynced } = promiseWithResolver();
  sync = startFunctionSync(runner, {
    first: () => {
      worker.start();
      markSynced();
    },
    unsupported: (error) => options.onUnsupported?.(error),
  });
  const days = options.retentionDays ?? 14;
  const recurring = [
    every(1000, "starting crons", log, createCron(runner, options.clock)),
    every(RETENTION_PERIOD_MS, "retention", log, () => removeExpired(runner.db, days)),
  ];

  return {
    url: server.url,
    synced,
    stop: async (graceMs = 5000) => {
      stopping.abort();
      await Promise.all([sync?.stop(), ...recurring.map((stopTask) => stopTask())]);
      await worker.stop(graceMs);
      runner.app.close();
      await server.stop();
      await runner.db.end({ timeout: 2 });
    },
  };
}

function promiseWithResolver() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
