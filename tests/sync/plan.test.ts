import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlanInput } from "@/sync/record-plan";
import type { Absence } from "@/sync/removal";
import { otherSide, type Side } from "@/sync/side";
import { contact, email, everything, input, prospect, settings, titles } from "./planner-fixtures";

const ana = { email, title: "CEO" };
const gone = { kind: "gone" };
const excluded = (reason: string) => ({ kind: "excluded", reason });

describe("what a record needs, by where it is found (Verifies: R-70, R-77)", () => {
  const outside = input({ base: ana, snov: prospect(ana, false), hubspot: contact(ana, false) });

  it.each<[rule: string, given: PlanInput, plan: object]>([
    [
      "Two records that belong together are compared field by field",
      titles("CTO", "CEO", "CEO"),
      { kind: "pair" },
    ],
    ["A prospect alone gets a contact", input({ snov: prospect(ana) }), { kind: "create", on: "hubspot" }],
    ["A contact alone gets a prospect", input({ hubspot: contact(ana) }), { kind: "create", on: "snov" }],
    [
      "A linked prospect whose contact is gone follows it, and its contact is not created again",
      input({ base: ana, snov: prospect(ana) }),
      { kind: "remove", on: "snov" },
    ],
    [
      "A linked contact whose prospect is gone follows it, and its prospect is not created again",
      input({ base: ana, hubspot: contact(ana) }),
      { kind: "remove", on: "hubspot" },
    ],
    ["Where both are gone nothing is left to do", input({ base: ana }), gone],
    ["Where neither ever was nothing is left to do", input({}), gone],
    ["Two records of which neither is in the chosen lists rest", outside, excluded("out_of_scope")],
  ])("%s", (_, given, plan) => {
    expect(planRecord(settings(), given)).toMatchObject(plan);
  });

  it("A pair rests where the only side that may be written would get it from outside the chosen lists", () => {
    const given = input({ base: ana, snov: prospect(ana, false), hubspot: contact(ana) });
    expect(planRecord(settings({}, "to_hubspot"), given)).toEqual(excluded("out_of_scope"));
    expect(planRecord(settings({}, "to_snov"), given)).toMatchObject({ kind: "pair" });
    const inward = input({ base: ana, snov: prospect(ana), hubspot: contact(ana, false) });
    expect(planRecord(settings({}, "to_snov"), inward)).toEqual(excluded("out_of_scope"));
  });
});

describe("an address that was erased on request (Verifies: R-70)", () => {
  it.each<[rule: string, given: PlanInput]>([
    ["Two records with it stay as they are", titles("CTO", "CEO", "CEO", { erased: true })],
    ["A prospect with it gets no contact", input({ snov: prospect(ana), erased: true })],
    ["A contact with it gets no prospect", input({ hubspot: contact(ana), erased: true })],
  ])("%s", (_, given) => {
    expect(planRecord(settings(), given)).toEqual(excluded("erased"));
  });

  it("A linked record with it stays where its partner is gone", () => {
    expect(planRecord(settings(), input({ base: ana, snov: prospect(ana), erased: true }))).toEqual(
      excluded("erased"),
    );
  });
});

describe.each<Side>(["snov", "hubspot"])("a recycle bin of %s (Verifies: R-70)", (binned) => {
  const both = (
    here: Absence | null,
    there: Absence | null,
    base: Record<string, string> | undefined = ana,
  ) =>
    input({
      ...(base && { base }),
      absences: { snov: null, hubspot: null, [binned]: here, [otherSide(binned)]: there },
    });
  const writable = { snov: binned === "hubspot", hubspot: binned === "snov" };
  const capabilities = { snov: everything, hubspot: everything, [binned]: { ...everything, erase: false } };

  it("A privacy deletion on the other side reaches into it", () => {
    expect(planRecord(settings(), both("archived", "privacy_deleted"))).toEqual({
      kind: "erase",
      on: binned,
    });
  });

  it.each<[Absence | null, Absence | null]>([
    ["archived", "archived"],
    ["archived", "deleted"],
    ["archived", null],
    ["deleted", "privacy_deleted"],
    ["privacy_deleted", "privacy_deleted"],
    [null, "privacy_deleted"],
  ])("Nothing else does (here %s, there %s)", (here, there) => {
    expect(planRecord(settings(), both(here, there))).toEqual(gone);
  });

  it("It is not reached into against the sync type, where the side cannot erase, or for a record never linked", () => {
    expect(planRecord(settings({ writable }), both("archived", "privacy_deleted"))).toEqual(gone);
    expect(planRecord(settings({ capabilities }), both("archived", "privacy_deleted"))).toEqual(gone);
    const { link: _, ...never } = both("archived", "privacy_deleted");
    expect(planRecord(settings(), { ...never, link: null })).toEqual(gone);
  });
});
