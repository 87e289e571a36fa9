import "./machine/clock";
import { openMachine } from "./machine/open-machine";
import { type RunResult, simulateRun, simulateTwins } from "./simulate-run";

export type Totals = {
  runs: number;
  failures: number;
  edits: number;
  faults: number;
  crashes: number;
  /** How often a point was passed, and how often a process died there. */
  visited: Record<string, number>;
  crashedAt: Record<string, number>;
  /** How many deaths at a point were to be expected there. */
  deathsDue: Record<string, number>;
  faultKinds: Record<string, number>;
};

type Many = {
  runs: number;
  seed: number;
  /** From one seed to the next. */
  step?: number;
  onRun: (result: RunResult) => "stop" | undefined;
};

/** Of every so many seeds one tells one story in two ways; a seed is always of the same kind, so that it can be run again. */
export const twinsEvery = 10;

/** Runs of one seed after another, on a database of their own on this server. */
export async function simulateMany(server: string, { runs, seed, step = 1, onRun }: Many): Promise<Totals> {
  const machine = await openMachine(server);
  const totals = noTotals();
  const done = (result: RunResult) => {
    addTotals(totals, { ...result.counts, runs: 1, failures: result.violations.length ? 1 : 0 });
    return onRun(result);
  };
  try {
    for (let at = 0; at < runs; at += 1) {
      const next = seed + at * step;
      const simulate = next % twinsEvery === 0 ? simulateTwins : simulateRun;
      if (done(await simulate(machine, next)) === "stop") break;
    }
  } finally {
    await machine.close();
  }
  return totals;
}

export function noTotals(): Totals {
  return {
    runs: 0,
    failures: 0,
    edits: 0,
    faults: 0,
    crashes: 0,
    visited: {},
    crashedAt: {},
    deathsDue: {},
    faultKinds: {},
  };
}

export function addTotals(totals: Totals, more: Totals): void {
  for (const name of ["runs", "failures", "edits", "faults", "crashes"] as const) totals[name] += more[name];
  for (const name of ["visited", "crashedAt", "deathsDue", "faultKinds"] as const)
    for (const [key, value] of Object.entries(more[name]))
      totals[name][key] = (totals[name][key] ?? 0) + value;
}

/** What a person needs to see a failure again. */
export function explain({ seed, violations, trace }: RunResult, lines: number): string {
  return [
    `Seed ${seed} fails. Again: npm run simulate -- --seed ${seed} --runs 1`,
    ...(lines ? trace.slice(-lines) : []),
    ...violations.map(({ invariant, what }) => `VIOLATED: ${invariant}\n  ${what}`),
  ].join("\n");
}
