import { describe, expect, it } from "vitest";
import { tryBreaks } from "@/scripts/breaks/try-breaks";
import { breaks, proofOfPlanner } from "@/scripts/prove/breaks";

/** `npm run prove -- --breaks` tries all of them. */
const tried = 15;

// Verifies: R-73
describe("the proof of the planner", () => {
  it(`notices ${tried} of ${breaks.length} mistakes, others every time, by the invariants that forbid them`, {
    timeout: 1_800_000,
  }, async () => {
    const drawn = breaks.map((one) => ({ one, at: Math.random() })).sort((a, b) => a.at - b.at);
    const chosen = drawn.slice(0, tried).map(({ one }) => one);
    const unnoticed = (await tryBreaks(proofOfPlanner, chosen)).filter(({ fault }) => fault !== null);
    expect(unnoticed).toEqual([]);
  });

  it("tells of a mistake that is none, and of one that no longer fits the planner", async () => {
    const none = { mistake: "none", file: "match-key.ts", noticedBy: ["direction"] };
    const results = await tryBreaks(proofOfPlanner, [
      { ...none, mistake: "a", find: "email.trim().toLowerCase()", replace: "email.toLowerCase().trim()" },
      { ...none, mistake: "b", find: "not in this file", replace: "" },
    ]);
    expect(results.map(({ mistake, fault }) => [mistake, fault]).sort()).toEqual([
      ["a", "not noticed by direction"],
      ["b", "sync/match-key.ts holds it 0 times: bring it up to date"],
    ]);
  });
});
