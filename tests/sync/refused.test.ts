import { describe, expect, it } from "vitest";
import type { PlanInput } from "@/sync/record-plan";
import { withoutWritesTo } from "@/sync/refused";
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
