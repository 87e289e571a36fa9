import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlanInput } from "@/sync/record-plan";
import { withoutRefused, withoutWritesTo } from "@/sync/refused";
import { contact, emailMapping, input, mapping, planOfPair, prospect, settings } from "./planner-fixtures";

const email = "ana@example.com";
const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
const edited = input({
  base: { email, title: "CEO", city: "Rio" },
  snov: prospect({ email, title: "CTO", city: "Rio" }),
  hubspot: contact({ email, title: "CEO", city: "Recife" }),
});

const pairOf = (given: PlanInput) => planOfPair(planner, given);

// Verifies
describe("a plan that one side refused", () => {
  it("agrees on what the other side took, and on nothing else", () => {
    expect(withoutWritesTo("hubspot", pairOf(edited), planner.mappings)).toMatchObject({
      writes: { snov: { snov_city: "Recife" }, hubspot: {} },
      base: { title: "CEO", city: "Recife" },
    });
  });

  it("agreed on nothing where nothing was known before", () => {
    const first = input({ base: { email }, snov: prospect({ email, title: "CTO", city: null }) });
    first.records.hubspot = contact({ email, title: null, city: null });
    expect(withoutWritesTo("hubspot", pairOf(first), planner.mappings).base).toEqual({ email, city: null });
  });

  it("still knows an earlier write of ours that had arrived unconfirmed", () => {
    const given = structuredClone(edited);
    given.records.hubspot = contact({ email, title: "COO", city: "Rio" });
    given.unconfirmed.hubspot.values.title = ["COO"];
    const left = withoutWritesTo("hubspot", pairOf(given), planner.mappings);
    expect(left.base).toMatchObject({ title: "COO" });
  });

  it("replaced nothing on the side that refused", () => {
    const wins = {
      ...planner,
      mappings: planner.mappings.map((one) => ({ ...one, policy: "snov_wins" as const })),
    };
    const given = structuredClone(edited);
    given.records.hubspot = contact({ email, title: "CFO", city: "Rio" });
    const plan = planOfPair(wins, given);
    expect(plan.replaced).toHaveLength(1);
    expect(withoutWritesTo("hubspot", plan, wins.mappings).replaced).toEqual([]);
    expect(withoutWritesTo("snov", plan, wins.mappings).replaced).toHaveLength(1);
  });

  it("leaves the plan itself as it was made", () => {
    const plan = pairOf(edited);
    const before = structuredClone(plan);
    withoutWritesTo("hubspot", plan, planner.mappings);
    expect(plan).toEqual(before);
  });
});

// Verifies: R-77
describe("a field that one side refused", () => {
  const refusals = [{ field: "hubspot_title", message: "too long" }];
  const both = structuredClone(edited);
  both.records.snov = prospect({ email, title: "CTO", city: "Olinda" });
  both.records.hubspot = contact({ email, title: "CEO", city: "Rio" });

  it("is taken out of the plan alone: nobody agreed on it, and it says why", () => {
    const left = withoutRefused(pairOf(both), "hubspot", refusals, planner.mappings);
    expect(left).toMatchObject({
      writes: { snov: {}, hubspot: { hubspot_city: "Olinda" } },
      base: { title: "CEO", city: "Olinda" },
      held: [{ mappingId: "title", reason: "refused", value: "too long" }],
      refused: { title: { on: "hubspot", value: "CTO", message: "too long" } },
    });
  });

  it("takes what rode along with it, where nothing else is written", () => {
    const riding = {
      ...planner,
      constants: { snov: null, hubspot: { field: "source", type: "text" as const, value: "us" } },
    };
    const given = structuredClone(edited);
    const plan = planOfPair(riding, given);
    expect(plan.writes.hubspot).toEqual({ hubspot_title: "CTO", source: "us" });
    expect(withoutRefused(plan, "hubspot", refusals, riding.mappings).writes.hubspot).toEqual({});
  });

  it("leaves what travels for itself as well", () => {
    const owing = {
      ...planner,
      constants: { snov: null, hubspot: { field: "source", type: "text" as const, value: "us" } },
    };
    const plan = planOfPair(owing, structuredClone(edited));
    const left = withoutRefused(plan, "hubspot", refusals, owing.mappings, (field) => field === "source");
    expect(left.writes.hubspot).toEqual({ source: "us" });
  });

  it("may be a constant, which no mapping carries, or a first status in a mapped field", () => {
    const extras = {
      ...planner,
      constants: { snov: null, hubspot: { field: "source", type: "text" as const, value: "us" } },
      firstStatus: { snov: null, hubspot: { field: "hubspot_title", value: "NEW" } },
    };
    const plan = planRecord(extras, input({ snov: prospect({ email, title: null, city: "Rio" }) }));
    if (plan.kind !== "create") throw new Error("not created");
    const all = ["source", "hubspot_title"].map((field) => ({ field, message: "no" }));
    expect(withoutRefused(plan, "hubspot", all, extras.mappings)).toMatchObject({
      fields: { hubspot_city: "Rio" },
      base: { email, title: null, city: "Rio" },
      held: [
        { mappingId: "ridden:source", reason: "refused", value: "no" },
        { mappingId: "ridden:hubspot_title", reason: "refused", value: "no" },
      ],
      refused: {
        "ridden:source": { on: "hubspot", value: "us", message: "no" },
        "ridden:hubspot_title": { on: "hubspot", value: "NEW", message: "no" },
      },
    });
  });

  it("leaves what was replaced, chosen or asked about in other fields", () => {
    const wins = settings({
      mappings: [
        emailMapping,
        mapping("title", { policy: "snov_wins" }),
        mapping("city", { policy: "snov_wins" }),
        mapping("zip"),
      ],
    });
    const given = input({
      base: { email, title: "CEO", city: "Rio", zip: "1" },
      snov: prospect({ email, title: "CTO", city: "Olinda", zip: "2" }),
      hubspot: contact({ email, title: "CFO", city: "Natal", zip: "3" }),
      resolutions: {
        title: { choice: { kind: "value", value: "COO" }, seen: { snov: "CTO", hubspot: "CFO" } },
      },
    });
    const plan = planOfPair(wins, given);
    expect(plan.replaced.map(({ mappingId }) => mappingId)).toContain("city");
    const left = withoutRefused(plan, "hubspot", refusals, wins.mappings);
    expect(left.replaced.map(({ mappingId }) => mappingId)).toEqual(["city"]);
    expect(left.conflicts.map(({ mappingId }) => mappingId).sort()).toEqual(["title", "zip"]);
    expect(left.writes).toMatchObject({ snov: {}, hubspot: { hubspot_city: "Olinda" } });
    const ordinary = planOfPair(wins, { ...given, resolutions: {} });
    expect(
      withoutRefused(ordinary, "hubspot", refusals, wins.mappings).replaced.map(({ mappingId }) => mappingId),
    ).toEqual(["city"]);
  });

  it("that an undo had put back is not agreed to differ, and the other fields of the undo are", () => {
    const plan = pairOf(both);
    const undone = { snov: "CTO", hubspot: "CEO", undone: true } as const;
    Object.assign(plan, { undoes: ["title", "city"] });
    plan.declined.values = { title: undone, city: undone };
    const left = withoutRefused(plan, "hubspot", refusals, planner.mappings);
    expect(left.undoes).toEqual(["city"]);
    expect(left.declined.values).toEqual({ city: undone });
  });

  it("is missing in a record that is created without it, and was never agreed on", () => {
    const plan = planRecord(planner, input({ snov: prospect({ email, title: "CTO", city: "Rio" }) }));
    if (plan.kind !== "create") throw new Error("not created");
    expect(withoutRefused(plan, "hubspot", refusals, planner.mappings)).toMatchObject({
      fields: { hubspot_city: "Rio" },
      base: { email, city: "Rio" },
      refused: { title: { on: "hubspot", value: "CTO", message: "too long" } },
    });
  });

  const refused = { title: { on: "hubspot" as const, value: "CTO", message: "too long" } };
  const remembering = (title: string, on: "snov" | "hubspot" = "hubspot") => {
    const given = structuredClone(edited);
    given.records.snov = prospect({ email, title, city: "Rio" });
    if (given.link) given.link.refused = { title: { ...refused.title, on } };
    return pairOf(given);
  };

  it("is not sent again as long as it means the same", () => {
    for (const title of ["CTO", " CTO "]) {
      const plan = remembering(title);
      expect(plan.writes.hubspot).toEqual({});
      expect(plan.held).toEqual([{ mappingId: "title", reason: "refused", value: "too long" }]);
      expect(plan.refused).toEqual(refused);
    }
  });

  it("is sent with another value, and to the side that did not refuse it", () => {
    expect(remembering("COO")).toMatchObject({ writes: { hubspot: { hubspot_title: "COO" } }, refused: {} });
    expect(remembering("CTO", "snov").writes.hubspot).toEqual({ hubspot_title: "CTO" });
  });
});
