import { explainFault } from "../bootstrap/explain-fault.mjs";
import type { Lock } from "../bootstrap/lock.mjs";
import { npmAbove } from "./npm-above";
import type { Part } from "./part";
import { terminal } from "./terminal";

export type Stopper = {
  /** Parts are stopped in the reverse of the order they were added in. */
  add(part: Part): void;
  asked(): boolean;
  stopParts(): Promise<void>;
};

/** Ends everything on Ctrl-C, on a polite kill, when the terminal closes, and when npm, which started us, is killed. */
export function createStopper(lock: Lock): Stopper {
  const parts: Part[] = [];
  let stopping: Promise<void> | undefined;
  let askedAt = 0;

  const stopParts = async () => {
    for (const part of [...parts].reverse()) await part.stop();
  };

  async function stop(reason: string, code: number): Promise<void> {
    terminal.line(`\n  ${reason}`);
    lock.update({ stopping: true });
    await stopParts();
    lock.release();
    terminal.line("  Stopped.");
    process.exit(code);
  }

  function ask(reason: string, code = 0): void {
    // npm passes a Ctrl-C on that the terminal has already sent, so only a later one means "at once".
    if (stopping && Date.now() - askedAt > 1_500) process.exit(1);
    if (stopping) return;
    askedAt = Date.now();
    stopping = stop(reason, code);
  }

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ask("Stopping…"));
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error) => {
      terminal.problem(explainFault(error));
      ask("Stopping after an error of the supervisor itself…", 1);
    });
  }
  process.on("exit", () => {
    for (const part of parts) part.kill();
  });
  watchNpm(() => ask("npm has ended: stopping…"));
  return { add: (part) => parts.push(part), asked: () => stopping !== undefined, stopParts };
}

/** A killed npm cannot pass anything on; without this, what it started would run on unseen. */
function watchNpm(onEnd: () => void): void {
  const above = npmAbove();
  const timer = setInterval(() => {
    if (above.every(exists)) return;
    clearInterval(timer);
    onEnd();
  }, 500);
  timer.unref();
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
