import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Somebody who acts: a worker, the web app, a person. All share this Node process and one database connection;
 * what they do is told apart by the asynchronous context, and happens one thing at a time.
 */
export type Process = {
  name: string;
  /** Where the world may interfere; null for those whose acts are taken as one moment. */
  at: ((point: Point) => Promise<void>) | null;
  dead: boolean;
  inTransaction: boolean;
  gate: Gate;
};

/** A place in a process's course: a statement, a call, the edge of a transaction. */
export type Point = {
  name: string;
  kind: "sql" | "call";
  inTransaction: boolean;
  /** What a call is about to ask, before it is applied. */
  asks?: string | undefined;
};

/** The process ended here. Whatever of its code still runs finds nothing that answers. */
export class Crash extends Error {
  constructor(readonly point: string) {
    super(`the process died at ${point}`);
  }
}

const running = new AsyncLocalStorage<Process>();

export function currentProcess(): Process | undefined {
  return running.getStore();
}

export function inProcess<T>(process: Process, act: () => Promise<T>): Promise<T> {
  return running.run(process, act);
}

export function newProcess(name: string, at: Process["at"] = null): Process {
  return { name, at, dead: false, inTransaction: false, gate: new Gate() };
}

export function refuseDead(process: Process): void {
  if (process.dead) throw new Crash("an earlier point");
}

/** Branches of one process take turns, in the order in which they came: chance of timing has no say. */
class Gate {
  private tail: Promise<unknown> = Promise.resolve();

  run<T>(act: () => Promise<T>): Promise<T> {
    const result = this.tail.then(act);
    this.tail = result.catch(() => {});
    return result;
  }

  /** Until no branch that was left behind wants anything more. */
  async idle(): Promise<void> {
    for (let seen: unknown; seen !== this.tail; ) {
      seen = this.tail;
      await this.tail;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
