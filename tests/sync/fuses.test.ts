import { describe, expect, it } from "vitest";
import {
  addHarm,
  blownFuse,
  defaultFuses,
  type FuseSettings,
  harmOf,
  lesserHarm,
  noHarm,
} from "@/sync/fuses";
import type { RecordPlan } from "@/sync/record-plan";
import { pairPlan } from "../proof/cases/pair-plan";

const limits: FuseSettings = { windowMinutes: 60, removals: 5, blankings: 5, overwrites: 5, bounces: 5 };
const calm = { harm: noHarm, turns: 0 };
const kinds = ["removals", "blankings", "overwrites"] as const;

describe("when a fuse stops the integration (Verifies: R-76)", () => {
  it.each(kinds)("As many %s as are allowed may be written, and not one more", (kind) => {
    const planned = (count: number) => ({ ...calm, harm: { ...noHarm, [kind]: count } });
    expect(blownFuse(limits, noHarm, planned(5))).toBeNull();
    expect(blownFuse(limits, noHarm, planned(6))).toEqual({ kind, planned: 6, before: 0, limit: 5 });
  });

  it.each(kinds)("The %s within the window before count along", (kind) => {
    const before = { ...noHarm, [kind]: 4 };
    const planned = (count: number) => ({ ...calm, harm: { ...noHarm, [kind]: count } });
    expect(blownFuse(limits, before, planned(1))).toBeNull();
    expect(blownFuse(limits, before, planned(2))).toEqual({ kind, planned: 2, before: 4, limit: 5 });
  });

  it("A page that harms nothing may be written, whatever came before it", () => {
    expect(blownFuse(limits, { removals: 9, blankings: 9, overwrites: 9 }, calm)).toBeNull();
  });

  it("A field may be written in turn on both sides as often as is allowed, and not once more", () => {
    expect(blownFuse(limits, noHarm, { ...calm, turns: 5 })).toBeNull();
    expect(blownFuse(limits, noHarm, { ...calm, turns: 6 })).toEqual({
      kind: "bounces",
      planned: 6,
      before: 0,
      limit: 5,
    });
  });

  it("Of several fuses the gravest is named: removals, then blankings, then overwrites, then bounces", () => {
    const all = { removals: 6, blankings: 6, overwrites: 6 };
    expect(blownFuse(limits, noHarm, { harm: all, turns: 6 })?.kind).toBe("removals");
    expect(blownFuse(limits, noHarm, { harm: { ...all, removals: 0 }, turns: 6 })?.kind).toBe("blankings");
    expect(blownFuse(limits, noHarm, { harm: { ...noHarm, overwrites: 6 }, turns: 6 })?.kind).toBe(
      "overwrites",
    );
  });

  it("Unless somebody chooses otherwise an hour allows 50 removals, 200 blankings, 2000 overwrites and 8 bounces", () => {
    expect(defaultFuses).toEqual({
      windowMinutes: 60,
      removals: 50,
      blankings: 200,
      overwrites: 2000,
      bounces: 8,
    });
  });
});

describe("what counts as harm to a record (Verifies: R-76)", () => {
  const values = { snov: { a: "old", b: "old" }, hubspot: { a: "old", b: null } };

  it.each<[rule: string, plan: RecordPlan, harm: Partial<typeof noHarm>]>([
    ["Removing it is one removal", { kind: "remove", on: "snov", why: "archived" }, { removals: 1 }],
    ["Erasing it is one removal", { kind: "erase", on: "hubspot" }, { removals: 1 }],
    ["Restoring it harms nothing", { kind: "restore", on: "snov" }, {}],
    ["Leaving it alone harms nothing", { kind: "excluded", reason: "no_email" }, {}],
    ["Replacing a value is one overwrite", pairPlan({ hubspot: { a: "new" } }), { overwrites: 1 }],
    ["Emptying a value is one blanking, and no overwrite", pairPlan({ snov: { a: "" } }), { blankings: 1 }],
    ["Filling an empty field harms nothing", pairPlan({ hubspot: { b: "new" } }), {}],
    ["Filling a field that was never there harms nothing", pairPlan({ hubspot: { c: "new" } }), {}],
    ["Emptying an empty field harms nothing", pairPlan({ hubspot: { b: null } }), {}],
    [
      "A record counts once, however many of its values are replaced",
      pairPlan({ snov: { a: "1", b: "2" } }),
      { overwrites: 1 },
    ],
    [
      "A record counts once, however many of its values are emptied",
      pairPlan({ snov: { a: null, b: null } }),
      { blankings: 1 },
    ],
    [
      "One value emptied and one replaced count once each",
      pairPlan({ snov: { a: null }, hubspot: { a: "new" } }),
      { blankings: 1, overwrites: 1 },
    ],
  ])("%s", (_, plan, harm) => {
    expect(harmOf(plan, values)).toEqual({ ...noHarm, ...harm });
  });

  it("A record that nobody could read has nothing to lose", () => {
    expect(harmOf(pairPlan({ snov: { a: "new" } }), { snov: undefined, hubspot: undefined })).toEqual(noHarm);
  });

  it("The harm of several records adds up, each kind by itself", () => {
    const sum = addHarm(
      { removals: 1, blankings: 2, overwrites: 3 },
      { removals: 10, blankings: 20, overwrites: 30 },
    );
    expect(sum).toEqual({ removals: 11, blankings: 22, overwrites: 33 });
  });

  it("Of two counts of the same harm the lesser one holds, each kind by itself", () => {
    const [a, b] = [
      { removals: 1, blankings: 20, overwrites: 3 },
      { removals: 10, blankings: 2, overwrites: 30 },
    ];
    expect(lesserHarm(a, b)).toEqual({ removals: 1, blankings: 2, overwrites: 3 });
  });
});
