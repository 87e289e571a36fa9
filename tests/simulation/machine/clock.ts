import type { Timer } from "@/connectors/hubspot/timer";
import { currentProcess } from "./process";

/**
 * Simulated time. `Date` tells it while a run is on, and our own code sleeps in it: a sleep takes no real time,
 * it moves the clock. Libraries keep their real timers. Importing this file puts it in place, which has to happen
 * before anything remembers `Date.now`.
 */
export const clock = {
  /** Null outside of runs: then everything is as usual. */
  now: null as number | null,
  pass(ms: number): void {
    if (clock.now !== null) clock.now += ms;
  },
};

const RealDate = globalThis.Date;
const realSetTimeout = globalThis.setTimeout;

class SimulatedDate extends RealDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length) super(...(args as [number]));
    else super(SimulatedDate.now());
  }
  static override now(): number {
    return clock.now ?? RealDate.now();
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.toString.call(value) === "[object Date]";
  }
}

function simulatedSetTimeout(run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) {
  const process = currentProcess();
  if (clock.now === null || !process || !calledByOurCode()) return realSetTimeout(run, ms, ...args);
  let cancelled = false;
  const handle = realSetTimeout(() => {}, 0);
  void process.gate.run(async () => {
    if (cancelled) return;
    clock.pass(ms);
    run(...args);
  });
  return Object.assign(handle, { cancel: () => (cancelled = true) });
}

function simulatedClearTimeout(handle: Parameters<typeof clearTimeout>[0] & { cancel?: () => void }): void {
  handle?.cancel?.();
  realClearTimeout(handle);
}
const realClearTimeout = globalThis.clearTimeout;

/** By the frame above its caller's, which is not looked up in any source map: this is asked thousands of times a run. */
function calledByOurCode(): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  Error.prepareStackTrace = (_, sites) => sites[2]?.getFileName() ?? "";
  const caller = String(new Error().stack);
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return !caller.includes("/node_modules/") && !caller.startsWith("node:");
}

globalThis.Date = SimulatedDate as DateConstructor;
globalThis.setTimeout = simulatedSetTimeout as typeof setTimeout;
globalThis.clearTimeout = simulatedClearTimeout as typeof clearTimeout;

/** For what would measure the machine's own time otherwise. */
export const simulatedTimer: Timer = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
