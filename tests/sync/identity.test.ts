import { describe, expect, it } from "vitest";
import { type Candidate, heirOf, holdsByMark, pairByAddress, preferredOwner } from "@/sync/identity";

function candidate(id: string, parts: Partial<Candidate> = {}): Candidate {
  return { id, linkedTo: null, prefers: "p1", ...parts };
}

// Verifies: R-75
describe("a record without a link", () => {
  it("belongs to the one who owns its primary address", () => {
    const others = [candidate("c2"), candidate("c3")];
    expect(pairByAddress("snov", "p1", { primary: candidate("c1"), secondary: others })).toEqual({
      kind: "pair",
      id: "c1",
    });
  });

  it("belongs to the one who owns its other addresses where nobody owns the primary one", () => {
    const twice = [candidate("c1"), candidate("c1")];
    expect(pairByAddress("snov", "p1", { primary: null, secondary: twice })).toEqual({
      kind: "pair",
      id: "c1",
    });
  });

  it("is alone where nobody owns any of them", () => {
    expect(pairByAddress("snov", "p1", { primary: null, secondary: [] })).toEqual({ kind: "alone" });
  });

  it.each([
    ["its addresses lead to several", { primary: null, secondary: [candidate("c1"), candidate("c2")] }],
    ["the other one has a partner", { primary: candidate("c1", { linkedTo: "p2" }), secondary: [] }],
    [
      "the other one's primary address is another's",
      { primary: candidate("c1", { prefers: "p2" }), secondary: [] },
    ],
    [
      "the other one's addresses are several people's",
      { primary: candidate("c1", { prefers: null }), secondary: [] },
    ],
  ])("is for a person to pair where %s", (_, candidates) => {
    expect(pairByAddress("snov", "p1", candidates)).toEqual({
      kind: "disputed",
      dispute: { kind: "same_address", on: "snov", otherId: "c1" },
    });
  });

  it("may be paired with the one that is linked with it already", () => {
    const own = candidate("c1", { linkedTo: "p1" });
    expect(pairByAddress("snov", "p1", { primary: own, secondary: [] })).toEqual({ kind: "pair", id: "c1" });
  });
});

describe("a contact that carries the id of a prospect", () => {
  const free = { prospect: null, contact: null };

  it("is its contact where neither has a partner, and no person keeps the two apart", () => {
    expect(holdsByMark({ partners: free, keptApart: false })).toBe(true);
    expect(holdsByMark({ partners: free, keptApart: true })).toBe(false);
    expect(holdsByMark({ partners: { ...free, prospect: "c2" }, keptApart: false })).toBe(false);
    expect(holdsByMark({ partners: { ...free, contact: "p2" }, keptApart: false })).toBe(false);
  });
});

describe("whom a record prefers", () => {
  it("is the owner of its primary address, else the only owner of the others", () => {
    expect(preferredOwner("p1", ["p2"])).toBe("p1");
    expect(preferredOwner(null, [null, "p2", "p2"])).toBe("p2");
    expect(preferredOwner(null, ["p1", "p2"])).toBeNull();
    expect(preferredOwner(null, [])).toBeNull();
  });
});

describe("after a merge", () => {
  const two = [
    { id: "p1", partner: "c1" },
    { id: "p2", partner: "c2" },
  ];

  it("the one whose partner survived goes on", () => {
    expect(heirOf(two, { id: "c2", primaryOwner: "p1" })).toBe("p2");
  });

  it("the owner of the survivor's primary address goes on where no partner survived", () => {
    expect(heirOf(two, { id: "c9", primaryOwner: "p1" })).toBe("p1");
  });

  it("all wait where neither is certain, and who is alone need not", () => {
    expect(heirOf(two, { id: "c9", primaryOwner: null })).toBeNull();
    expect(heirOf([], { id: "c9", primaryOwner: null })).toBeNull();
    expect(heirOf(two.slice(0, 1), { id: "c9", primaryOwner: null })).toBe("p1");
  });
});
