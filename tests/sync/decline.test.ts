import { describe, expect, it } from "vitest";
import { declineHarm } from "@/sync/decline";
import { planRecord } from "@/sync/plan";
import { type Policy, policies } from "@/sync/policy";
import type { PlanInput } from "@/sync/record-plan";
import {
  base,
  contact,
  email,
  emailMapping,
  input,
  mapping,
  nothingWritten,
  planner,
  planOfPair,
  prospect,
  settings,
} from "./planner-fixtures";

function declined(given: PlanInput, kind: "removals" | "blankings" | "overwrites") {
  return declineHarm(planRecord(planner, given), { kind }, planner.mappings, given);
}

// Verifies: R-76
describe("harm that a person declined", () => {
  it("is taken out of the plan, and the rest of the record travels", () => {
    const given = input({
      base,
      snov: prospect({ email, title: null, city: "Recife" }),
      hubspot: contact(base),
    });
    expect(declined(given, "blankings").plan).toMatchObject({
      writes: { hubspot: { hubspot_city: "Recife", hubspot_source: "from Snov.io" } },
      base: { title: "CEO", city: "Recife" },
      declined: { values: { title: { snov: null, hubspot: "CEO" } } },
      held: [{ mappingId: "title", reason: "discarded" }],
    });
    expect(declined(given, "blankings")).toMatchObject({ removal: false });
  });

  it("is only of the kind that was asked about", () => {
    const given = input({
      base,
      snov: prospect({ email, title: null, city: "Recife" }),
      hubspot: contact(base),
    });
    const whole = planRecord(planner, given);
    expect(declined(given, "removals")).toEqual({ plan: whole, removal: false });
    expect(declined(given, "overwrites").plan).toHaveProperty("writes.hubspot", {
      hubspot_title: null,
      hubspot_source: "from Snov.io",
    });
  });

  it("of a field that went back and forth is what is written to that field, and no other change", () => {
    const given = input({
      base: { email, title: "CEO", city: "Rio" },
      snov: prospect({ email, title: "CTO", city: "Recife" }),
      hubspot: contact({ email, title: "CEO", city: "Rio" }),
    });
    const discard = (mappingIds: string[], from: PlanInput) =>
      declineHarm(
        planRecord(planner, from),
        { kind: "bounces", mappingIds: new Set(mappingIds) },
        planner.mappings,
        from,
      ).plan;
    expect(discard(["title"], given)).toHaveProperty("writes.hubspot", {
      hubspot_city: "Recife",
      hubspot_source: "from Snov.io",
    });
    expect(discard([], given)).toEqual(planRecord(planner, given));
    const refilled = input({
      base: { email, title: null },
      snov: prospect({ email, title: "CTO" }),
      hubspot: contact({ email, title: null }),
    });
    expect(discard(["title"], refilled)).toHaveProperty("writes", nothingWritten);
  });

  it("is not told as replaced, and what a policy replaced elsewhere is", () => {
    const wins = settings({
      mappings: [
        emailMapping,
        mapping("title", { policy: "snov_wins" }),
        mapping("city", { policy: "hubspot_wins" }),
      ],
    });
    const given = input({
      base,
      snov: prospect({ email, title: null, city: "Recife" }),
      hubspot: contact({ email, title: "CTO", city: "Natal" }),
    });
    const { plan } = declineHarm(planRecord(wins, given), { kind: "blankings" }, wins.mappings, given);
    expect(plan).toHaveProperty("writes", { snov: { snov_city: "Natal" }, hubspot: {} });
    expect(plan).toHaveProperty("replaced", [
      { mappingId: "city", on: "snov", value: "Recife", why: "policy" },
    ]);
  });

  it("takes along what only rode on it", () => {
    const given = input({ base, snov: prospect({ ...base, title: null }), hubspot: contact(base) });
    expect(declined(given, "blankings").plan).toHaveProperty("writes", nothingWritten);
  });

  it("leaves what is owed to a record for itself", () => {
    const link = { owed: { hubspot: ["constant" as const] } };
    const given = input({ base, snov: prospect(base), hubspot: contact(base), link });
    const owed = { snov: {}, hubspot: { hubspot_source: "from Snov.io" } };
    expect(declined(given, "overwrites").plan).toHaveProperty("writes", owed);
  });

  it("takes along a constant that would do the same harm", () => {
    const there = contact(base);
    there.fields.hubspot_source = "a fair";
    const given = input({ base, snov: prospect({ ...base, title: null }), hubspot: there });
    const { plan } = declined(given, "overwrites");
    expect(plan).toHaveProperty("writes.hubspot", { hubspot_title: null });
  });

  it("is not planned again while the values stay, and travels once one changes", () => {
    const given = input({ base, snov: prospect({ ...base, title: null }), hubspot: contact(base) });
    const { plan } = declined(given, "blankings");
    if (plan.kind !== "pair" || !given.link) throw new Error("not a pair");
    const link = { ...given.link, base: plan.base, declined: plan.declined };
    expect(planRecord(planner, { ...given, link })).toHaveProperty("writes", nothingWritten);
    const edited = { ...given.records, snov: prospect({ ...base, title: "CTO" }) };
    expect(planRecord(planner, { ...given, link, records: edited })).toMatchObject({
      writes: { hubspot: { hubspot_title: "CTO" } },
    });
  });

  describe("where the other side is edited next", () => {
    const editedAfter = (writable: { snov: boolean; hubspot: boolean }, policy: Policy) => {
      const one = settings({ mappings: [emailMapping, mapping("title", { writable, policy })] });
      const given = input({ base, snov: prospect({ ...base, title: null }), hubspot: contact(base) });
      const { plan } = declineHarm(planRecord(one, given), { kind: "blankings" }, one.mappings, given);
      if (plan.kind !== "pair" || !given.link) throw new Error("not a pair");
      const link = { ...given.link, base: plan.base, declined: plan.declined };
      const records = { ...given.records, hubspot: contact({ ...base, title: "CTO" }) };
      const next = planOfPair(one, { ...given, link, records });
      const later = planOfPair(one, {
        ...given,
        link: { ...link, base: next.base, declined: next.declined },
        records,
      });
      return [next, later];
    };

    it.each(policies)("that edit travels, whatever the policy: %s", (policy) => {
      const [next] = editedAfter({ snov: true, hubspot: true }, policy);
      expect(next).toMatchObject({ writes: { snov: { snov_title: "CTO" }, hubspot: {} }, conflicts: [] });
    });

    it("or stays where it is, if that side only receives, now and at every later look", () => {
      for (const plan of editedAfter({ snov: false, hubspot: true }, "ask"))
        expect(plan).toMatchObject({ writes: nothingWritten, conflicts: [] });
    });
  });

  it("keeps a record that would have been removed, and says so to its link", () => {
    const given = input({ base, snov: prospect(base) });
    expect(declined(given, "removals")).toEqual({
      plan: { kind: "excluded", reason: "removed_in_hubspot" },
      removal: true,
    });
    expect(declined(given, "blankings")).toMatchObject({ plan: { kind: "remove" }, removal: false });
  });

  it("is no privacy deletion: that is carried out all the same", () => {
    const given = input({
      base,
      snov: prospect(base),
      absences: { snov: null, hubspot: "privacy_deleted" },
    });
    expect(declined(given, "removals")).toEqual({ plan: { kind: "erase", on: "snov" }, removal: false });
  });

  it("is no removal that a person chose: that is carried out all the same", () => {
    const given = input({
      base,
      snov: prospect({ ...base, title: "CTO" }),
      removalResolution: { choice: "remove", seen: { title: "CTO" } },
    });
    expect(declined(given, "removals")).toEqual({ plan: planRecord(planner, given), removal: false });
    expect(planRecord(planner, given)).toMatchObject({ kind: "remove", chosen: true });
  });

  it.each([
    ["its mapping is stopped", mapping("title", { stopped: true }), contact(base)],
    ["HubSpot does not show it", mapping("title"), contact({ email, city: "Rio" })],
  ])("is still left alone after a look in which nobody could compare the field: %s", (_, title, theirs) => {
    const values = { title: { snov: null, hubspot: "CEO" } };
    const link = { declined: { removal: false, values } };
    const given = input({ base, link, snov: prospect({ ...base, title: null }), hubspot: theirs });
    const resting = planRecord({ ...planner, mappings: [emailMapping, title, mapping("city")] }, given);
    if (resting.kind !== "pair") throw new Error("expected a pair");
    expect(resting.declined.values).toEqual(values);
    const back = { ...given.records, hubspot: input({ base, hubspot: contact(base) }).records.hubspot };
    const again = planRecord(planner, { ...given, records: back });
    expect(again).toMatchObject({ writes: nothingWritten, held: [{ reason: "discarded" }] });
  });
});
