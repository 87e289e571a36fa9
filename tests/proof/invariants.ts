import fc from "fast-check";
import { planRecord } from "@/sync/plan";
import { buildCase } from "./cases/build";
import type { Fault, Invariant, RecordCase, Subject } from "./cases/case";
import { caseGenes } from "./cases/genes";
import { boundInvariants } from "./invariants/bounds";
import { careInvariants } from "./invariants/care";
import { crashInvariants } from "./invariants/crash";
import { fuseInvariants, fusePages } from "./invariants/fuses";
import { historyInvariants, writeHistories } from "./invariants/history";
import { peopleInvariants, peoplePages } from "./invariants/people";
import { refusedInvariants } from "./invariants/refused";
import { resolutionInvariants } from "./invariants/resolutions";
import { samenessInvariants } from "./invariants/sameness";
import { travelInvariants } from "./invariants/travel";

/** One draw of everything: a record to plan, a page of people to pair, a field's history, pages before a fuse. */
export const wholeCase = fc
  .tuple(caseGenes, peoplePages, writeHistories, fusePages)
  .map(([genes, people, history, pages]) => ({
    record: lazily(() => subjectOf(buildCase(genes))),
    people,
    history,
    pages,
  }));

export type WholeCase = typeof wholeCase extends fc.Arbitrary<infer T> ? T : never;

export type AnyInvariant = {
  name: string;
  says: string;
  check: (whole: WholeCase) => Fault;
  /** What the invariant is about, for the report of a counterexample. */
  part: (whole: WholeCase) => unknown;
};

/** What holds for every single record, whatever its settings and whatever was observed. */
export const recordInvariants: Invariant<Subject>[] = [
  ...travelInvariants,
  ...boundInvariants,
  ...crashInvariants,
  ...careInvariants,
  ...refusedInvariants,
  ...resolutionInvariants,
  ...samenessInvariants,
];

export const allInvariants: AnyInvariant[] = [
  ...recordInvariants.map((one) => of(one, ({ record }) => record())),
  ...peopleInvariants.map((one) => of(one, ({ people }) => people)),
  ...historyInvariants.map((one) => of(one, ({ history }) => history)),
  ...fuseInvariants.map((one) => of(one, ({ pages }) => pages)),
];

export function subjectOf(given: RecordCase): Subject {
  return { given, plan: planRecord(given.settings, given.input) };
}

function of<T>({ name, says, check }: Invariant<T>, part: (whole: WholeCase) => T): AnyInvariant {
  return { name, says, check: (whole) => check(part(whole)), part };
}

/** Built once and only when asked for, so that a planner that throws breaks an invariant and not the draw. */
function lazily<T>(build: () => T): () => T {
  let built: { value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
