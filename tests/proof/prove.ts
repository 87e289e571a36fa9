import fc from "fast-check";
import { type AnyInvariant, wholeCase } from "./invariants";

export type Task = {
  cases: number;
  seed: number;
  /** Where fast-check found a counterexample before: only that one is tried. */
  path?: string | undefined;
  /** Only the invariant of this name. */
  only?: string | undefined;
};

export type Counterexample = {
  invariant: string;
  says: string;
  fault: string;
  seed: number;
  path: string;
  given: unknown;
};

/** Holds every invariant against `cases` drawn cases; the counterexample that is left after shrinking, or null. */
export function prove(invariants: AnyInvariant[], task: Task): Counterexample | null {
  let tried = task.only === undefined ? invariants : invariants.filter(({ name }) => name === task.only);
  if (!tried.length) throw new Error(`No invariant is called ${task.only}.`);
  let last: { invariant: AnyInvariant; fault: string } | undefined;
  const holds = fc.property(wholeCase, (whole) => {
    for (const invariant of tried) {
      const fault = faultOf(invariant, whole);
      if (fault === null) continue;
      last = { invariant, fault };
      // The smallest case for this invariant, not for one that a smaller case also breaks.
      tried = [invariant];
      return false;
    }
    return true;
  });
  const { cases: numRuns, seed, path } = task;
  const result = fc.check(holds, { numRuns, seed, ...(path ? { path } : {}) });
  if (!result.failed) return null;
  if (!result.counterexample || !last) throw new Error("fast-check failed without a counterexample.");
  const [whole] = result.counterexample;
  return {
    invariant: last.invariant.name,
    says: last.invariant.says,
    fault: faultOf(last.invariant, whole) ?? last.fault,
    seed: result.seed,
    path: result.counterexamplePath ?? "",
    given: last.invariant.part(whole),
  };
}

/** Which of the named invariants a planner that is known to be wrong breaks, within so many cases. */
export function broken(invariants: AnyInvariant[], names: string[], { cases, seed }: Task): string[] {
  const found = new Set<string>();
  for (let drawn = 0; drawn < cases && found.size < names.length; drawn += chunk)
    for (const whole of fc.sample(wholeCase, { numRuns: Math.min(chunk, cases - drawn), seed: seed + drawn }))
      for (const invariant of invariants)
        if (
          names.includes(invariant.name) &&
          !found.has(invariant.name) &&
          faultOf(invariant, whole) !== null
        )
          found.add(invariant.name);
  return [...found];
}

const chunk = 500;

function faultOf(invariant: AnyInvariant, whole: Parameters<AnyInvariant["check"]>[0]): string | null {
  try {
    return invariant.check(whole);
  } catch (error) {
    return `throws ${error instanceof Error ? error.stack : String(error)}`;
  }
}
