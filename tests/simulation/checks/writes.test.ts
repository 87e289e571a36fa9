// What is written to a prospect was typed in a contact of its own, or in one that was merged with that.
import { describe, expect, it } from "vitest";
import type { World } from "../world";
import type { FinalState } from "./final-state";
import type { Journal } from "./journal";
import { checkWrites } from "./writes";

const field = {
  snov: "job_title",
  hubspot: "jobtitle",
  type: "text",
  direction: "both",
  policy: null,
} as const;

/** Prospect p1 has the contact c1, and was given "Boss" at 70, which somebody had typed in another contact at 10. */
function found({ typedIn, mergedInto = {} }: { typedIn: string; mergedInto?: Record<string, string> }) {
  const world = {
    settings: { fields: [field], people: 2 },
    counts: { edits: 9, crashes: 0, faults: 0 },
    account: { contacts: { get: (id: string) => ({ id: mergedInto[id] ?? id }) } },
    contacts: { changes: [], ids: () => ["c1", "c2"] },
    idleWrites: [],
    choices: [],
    undos: [],
    turns: [],
  } as unknown as World;
  const pairs = [{ prospectId: "p1", contactId: "c1", since: 5 }];
  const journal: Journal = new Map([
    [`hubspot ${typedIn} jobtitle`, [{ at: 10, by: "hubspot", value: "Boss" }]],
    [
      "snov p1 job_title",
      [
        { at: 1, by: "ana", value: "Intern" },
        { at: 70, by: "app", value: "Boss" },
      ],
    ],
  ]);
  return checkWrites(world, { pairs, activities: [] } as unknown as FinalState, journal);
}

describe("a value that a prospect is given", () => {
  it("was typed in its contact, or in one that was merged with it", () => {
    expect(found({ typedIn: "c1" })).toEqual([]);
    expect(found({ typedIn: "c2", mergedInto: { c1: "c", c2: "c" } })).toEqual([]);
  });

  it("is not another person's", () => {
    expect(found({ typedIn: "c2" })).toEqual([expect.stringContaining('job_title of p1 was given "Boss"')]);
  });
});
