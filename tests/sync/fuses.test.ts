import { describe, expect, it } from "vitest";
import { addHarm, blownFuse, defaultFuses, harmOf, noHarm } from "@/sync/fuses";
import { planRecord } from "@/sync/plan";
import { contact, emailMapping, input, mapping, prospect, settings } from "./planner-fixtures";

const limits = { ...defaultFuses, removals: 2, blankings: 2, overwrites: 2, bounces: 3 };
const page = (harm: Partial<typeof noHarm>, turns = 0) => ({ harm: { ...noHarm, ...harm }, turns });

// Verifies: R-76
describe("a fuse", () => {
  it("holds while page and window together keep within its limit", () => {
    expect(blownFuse(limits, { ...noHarm, removals: 1 }, page({ removals: 1 }))).toBeNull();
  });

  it("blows at the first record over the limit, with the figures that tell why", () => {
    expect(blownFuse(limits, { ...noHarm, removals: 1 }, page({ removals: 2 }))).toEqual({
      kind: "removals",
      planned: 2,
      before: 1,
      limit: 2,
    });
  });

  it("does not hold up a page that does no such harm, however much was done before it", () => {
    expect(blownFuse(limits, { ...noHarm, removals: 9 }, page({ blankings: 1 }))).toBeNull();
  });

  it("names the gravest harm first", () => {
    expect(blownFuse(limits, noHarm, page({ blankings: 9, overwrites: 9 }, 9))).toMatchObject({
      kind: "blankings",
    });
    expect(blownFuse(limits, noHarm, page({}, 4))).toMatchObject({ kind: "bounces", planned: 4 });
    expect(blownFuse(limits, noHarm, page({}, 3))).toBeNull();
  });
});

describe("harm", () => {
  const email = "ana@example.com";
  const base = { email, title: "CEO", city: "Rio" };
  const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });

  function harmFrom(edit: Record<string, string | null>, there: Record<string, string | null> = base) {
    const given = input({ base: there, snov: prospect({ ...base, ...edit }), hubspot: contact(there) });
    const { snov, hubspot } = given.records;
    return harmOf(planRecord(planner, given), { snov: snov?.fields, hubspot: hubspot?.fields });
  }

  it("counts a record once in each way it is harmed", () => {
    expect(harmFrom({ title: "CTO", city: "Recife" })).toEqual({ removals: 0, blankings: 0, overwrites: 1 });
    expect(harmFrom({ title: null, city: "Recife" })).toEqual({ removals: 0, blankings: 1, overwrites: 1 });
  });

  it("is none where an empty field is filled", () => {
    expect(harmFrom({ title: "CTO" }, { ...base, title: null })).toEqual(noHarm);
  });

  it("is a removal where a record is moved to the bin or erased", () => {
    const values = { snov: undefined, hubspot: undefined };
    expect(harmOf({ kind: "remove", on: "snov", why: "archived" }, values)).toEqual({
      ...noHarm,
      removals: 1,
    });
    expect(harmOf({ kind: "erase", on: "snov" }, values)).toEqual({ ...noHarm, removals: 1 });
    expect(harmOf({ kind: "restore", on: "snov" }, values)).toEqual(noHarm);
  });

  it("adds up", () => {
    const one = { removals: 1, blankings: 2, overwrites: 3 };
    expect(addHarm(one, one)).toEqual({ removals: 2, blankings: 4, overwrites: 6 });
  });
});
