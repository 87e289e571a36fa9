import { RemoteError } from "./remote-error";
import { systemTimer, type Timer } from "./timer";

/** One end for all that a request waits for. */
export type TimeLimit = {
  /** Aborted at the end. */
  signal: AbortSignal;
  /** Waits until the end and no longer: throws then, and does away with what comes later. */
  within<T>(work: Promise<T>, tooLate?: (value: T) => void): Promise<T>;
  close(): void;
};

export function openTimeLimit(what: string, ms: number, timer: Timer = systemTimer): TimeLimit {
  const controller = new AbortController();
  const until = timer.now() + ms;
  const over = () => new RemoteError("transient", `${what}: no time is left`);
  const close = timer.after(ms, () => controller.abort(over()));
  const { signal } = controller;
  return {
    signal,
    close,
    within: (work, tooLate) =>
      new Promise((resolve, reject) => {
        const end = () => reject(over());
        if (signal.aborted) end();
        signal.addEventListener("abort", end, { once: true });
        work
          .then((value) => {
            // A process that stood still may learn of this before its timers run.
            if (!signal.aborted && timer.now() < until) return resolve(value);
            tooLate?.(value);
            end();
          }, reject)
          .finally(() => signal.removeEventListener("abort", end));
      }),
  };
}
