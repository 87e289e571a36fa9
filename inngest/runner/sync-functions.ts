import { z } from "zod";
import type { AppReply } from "./call-app";
import { parseFunctions, UnsupportedFunctionError } from "./function-config";
import { reasonOf } from "./log";
import type { Runner } from "./runner";

const PERIOD_MS = 15_000;
const RETRY_MS = 500;
const SOON_MS = 1000;

export type FunctionSync = { soon: () => void; stop: () => Promise<void> };

/**
 * Pulls the app's functions until it has them, and again every 15 s or when asked, since an app that restarts
 * may declare others. A feature that the runner lacks ends the runner, whatever works besides it.
 */
export function startFunctionSync(
  runner: Runner,
  on: { first: () => void; unsupported: (error: UnsupportedFunctionError) => void },
): FunctionSync {
  let isStopped = false;
  let turn: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let lastReason = "";
  let lastFunctions = "";

  const schedule = (ms: number) => {
    if (isStopped || Date.now() + ms >= dueAt) return;
    clearTimeout(timer);
    dueAt = Date.now() + ms;
    timer = setTimeout(() => {
      turn = pull().then((isPulled) => {
        dueAt = Number.POSITIVE_INFINITY;
        schedule(isPulled ? PERIOD_MS : RETRY_MS);
      });
    }, ms);
  };

  async function pull(): Promise<boolean> {
    try {
      const raw = functionsIn(await runner.app.pullFunctions());
      const functions = parseFunctions(raw);
      const isFirst = !runner.functions.known();
      runner.functions.replace(functions);
      const text = JSON.stringify(functions);
      if (text !== lastFunctions) runner.log.info("functions synced", { functions: functions.length });
      lastFunctions = text;
      lastReason = "";
      if (isFirst) on.first();
      return true;
    } catch (error) {
      if (error instanceof UnsupportedFunctionError) {
        isStopped = true;
        on.unsupported(error);
        return false;
      }
      const reason = reasonOf(error);
      if (reason !== lastReason) runner.log.warn("the app's functions cannot be used yet", { reason });
      lastReason = reason;
      return false;
    }
  }

  schedule(0);
  return {
    soon: () => schedule(SOON_MS),
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}

function functionsIn(reply: AppReply): unknown {
  if (reply.kind !== "answer") throw new Error(reply.reason);
  if (reply.status !== 200)
    throw new Error(`the app answered ${reply.status} to the request for its functions`);
  return z.object({ functions: z.array(z.unknown()) }).parse(JSON.parse(reply.body)).functions;
}
