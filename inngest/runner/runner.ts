import type { AppClient } from "./call-app";
import type { Database } from "./database";
import type { FunctionRegistry } from "./function-registry";
import type { RunnerLog } from "./log";

/** What every part of one runner process shares. */
export type Runner = {
  db: Database;
  /** Names this process in claims. */
  id: string;
  functions: FunctionRegistry;
  app: AppClient;
  log: RunnerLog;
  leaseMs: number;
  retryDelay: (attempt: number) => number;
  /** Aborted when the process shuts down. */
  stopping: AbortSignal;
  /** Asks this process to look for work at once; the other processes hear a notification. */
  wake: () => void;
  /** Asks for the app's functions to be pulled again soon. */
  requestSync: () => void;
};
