// The invariants of the planner, and its agreement with the oracle, on cases that nobody chose. The seed is another
// one each time; a failure prints the command that repeats it. `npm run prove` tries as many cases as one likes.
import { describe, expect, it } from "vitest";
import { allInvariants } from "./invariants";
import { prove } from "./prove";
import { report } from "./report";

const cases = Number(process.env.PROOF_CASES ?? 20_000);
const seed = Number(process.env.PROOF_SEED ?? Math.floor(Math.random() * 2 ** 31));

// Verifies
describe("the planner", () => {
  it(`keeps ${allInvariants.length} invariants on ${cases} drawn cases`, { timeout: 1_800_000 }, () => {
    console.log(`seed ${seed}, ${cases} cases`);
    const found = prove(allInvariants, { cases, seed });
    expect(found && report(found)).toBeNull();
  });
});
