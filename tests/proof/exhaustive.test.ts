// Every combination of three values for base, prospect and contact, with every policy, time, direction, ability and
// kind of removal: small enough to try them all, large enough to hold the planner to its promises. What random cases may
// miss by chance cannot hide here.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { RecordCase } from "./cases/case";
import { recordInvariants, subjectOf } from "./invariants";
import { absenceCases, goneCases } from "./small-scope/absences";
import { pairCases } from "./small-scope/pairs";

const timeout = 1_800_000;

// Verifies
describe("every small case keeps every invariant and is planned as the oracle says", () => {
  it("where both records are there", { timeout }, () => holds(pairCases(), pairCount));
  it("where one of them is", { timeout }, () => holds(absenceCases(), absenceCount));
  it("where neither is", { timeout }, () => holds(goneCases(), goneCount));
});

const pairCount = (1 + 3) * 3 * 8 * 2 * (15 + 2 * 6) * 3 * 3 * 3;
const absenceCount = 2 * 5 * 2 ** 4 * 2 * 2 * 7 * (1 + 4 * 4 * 2 * 3);
const goneCount = 3 * 2 * 2 * 2 * (1 + 4 * 4);

function holds(cases: Iterable<RecordCase>, expected: number): void {
  let count = 0;
  for (const given of cases) {
    count += 1;
    const subject = subjectOf(given);
    for (const { name, check } of recordInvariants) {
      const fault = check(subject);
      if (fault !== null) expect.fail(`${name}: ${fault}\n${inspect(subject, { depth: 9 })}`);
    }
  }
  expect(count).toBe(expected);
  console.log(`${count} cases`);
}
