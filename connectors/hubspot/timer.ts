import { clearTimeout, setTimeout } from "node:timers";

export type Timer = {
  /** Milliseconds that only ever grow. */
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
};

/** The machine's own time, also where the calendar's is made up. */
export const systemTimer: Timer = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
