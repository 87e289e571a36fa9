// A choice is about what a person saw when they began to decide, whatever a poll brings meanwhile.
import { describe, expect, it } from "vitest";
import { type Begun, begunWith, changedSince, isOvertaken, shownWith } from "@/components/conflicts/begun";
import { row } from "./conflict-rows";

const first = row(1, { values: { snov: "a", hubspot: "b" } });
const moved = row(1, { revision: 2, values: { snov: "a", hubspot: "c" } });
const begun: Begun = { row: first, lookingAgain: false };

describe("what is being decided (Verifies: R-62, R-63)", () => {
  it("is shown and named as it was when that began, and told to be overtaken", () => {
    expect(shownWith(begun, [row(0), moved])).toEqual([row(0), first]);
    expect(isOvertaken(begun, moved)).toBe(true);
    expect(begunWith(begun, [moved])).toBe(begun);
  });

  it("is shown as it is where nothing of it has changed, or nobody is deciding", () => {
    const renamed = { ...first, recordName: "Another" };
    expect(shownWith(begun, [renamed])).toEqual([renamed]);
    expect(isOvertaken(begun, renamed)).toBe(false);
    expect(shownWith(null, [moved])).toEqual([moved]);
  });

  it("is what it says by now once the person looks again, and that is then kept as well", () => {
    const again = begunWith({ ...begun, lookingAgain: true }, [moved]);
    expect(again).toEqual({ row: moved, lookingAgain: false });
    expect(shownWith(again, [row(1, { revision: 3 })])).toEqual([moved]);
    const waiting = { ...begun, lookingAgain: true };
    expect(begunWith(waiting, [first])).toBe(waiting);
    expect(begunWith(waiting, [])).toBe(waiting);
  });

  it("is shown as it is once somebody else has decided it, or its field is synced no more", () => {
    const decided = { ...moved, resolution: { choice: { kind: "leave" } } } as const;
    expect(shownWith(begun, [decided])).toEqual([decided]);
    expect(shownWith(begun, [{ ...moved, stopped: true }])).toEqual([{ ...moved, stopped: true }]);
  });
});

it("of several that are asked about together, those count as changed that closed, were decided or say something else", () => {
  const before = [row(1), row(2), row(3), row(4)];
  const decided = row(3, { resolution: { choice: { kind: "leave" } } });
  expect(changedSince(before, [row(1), row(2, { revision: 2 }), decided, row(9)])).toBe(3);
  expect(changedSince(before, before)).toBe(0);
});
