import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlanInput, RecordPlan } from "@/sync/record-plan";
import type { Value } from "@/sync/value";
import { contact, emailMapping, input, mapping, prospect, settings } from "./planner-fixtures";

const email = "ana@example.com";

/** What we sent to each side and never saw confirmed. */
function withSent(given: PlanInput, sent: { snov?: Value[]; hubspot?: Value[] }): PlanInput {
  const note = (values: Value[] = []) => ({ values: { title: values }, removal: false });
  return { ...given, unconfirmed: { snov: note(sent.snov), hubspot: note(sent.hubspot) } };
}

function titles(snov: Value, hubspot: Value, base: Value = "CEO"): PlanInput {
  return input({
    base: { email, title: base },
    snov: prospect({ email, title: snov }),
    hubspot: contact({ email, title: hubspot }),
  });
}

function pair(plan: RecordPlan) {
  if (plan.kind !== "pair") throw new Error(`not a pair: ${plan.kind}`);
  return plan;
}

// Verifies: R-73
describe("a write of ours that a crash kept from being committed", () => {
  it("is not taken for a person's change: the next edit of the other side travels", () => {
    const plan = pair(planRecord(settings(), withSent(titles("CFO", "CTO"), { hubspot: ["CTO"] })));
    expect(plan).toHaveProperty("writes", { snov: {}, hubspot: { hubspot_title: "CFO" } });
    expect(plan).toMatchObject({ conflicts: [] });
  });

  it("is known again where it emptied the field", () => {
    const plan = pair(planRecord(settings(), withSent(titles("CFO", null), { hubspot: [null] })));
    expect(plan).toHaveProperty("writes", { snov: {}, hubspot: { hubspot_title: "CFO" } });
    expect(plan).toMatchObject({ conflicts: [] });
  });

  it("is remembered where nothing can travel now", () => {
    const inward = mapping("title", { writable: { snov: false, hubspot: true } });
    const given = withSent(titles("CTO", "CFO"), { snov: ["CTO"] });
    const plan = pair(planRecord(settings({ mappings: [emailMapping, inward] }), given));
    expect(plan).toHaveProperty("writes", { snov: {}, hubspot: {} });
    expect(plan).toMatchObject({ base: { title: "CTO" } });
  });

  it("decides nothing where each side holds one: nobody can tell which came last", () => {
    const plan = pair(
      planRecord(settings(), withSent(titles("CTO", "CFO"), { snov: ["CTO"], hubspot: ["CFO"] })),
    );
    expect(plan).toHaveProperty("writes", { snov: {}, hubspot: {} });
    expect(plan).toMatchObject({ conflicts: [{ mappingId: "title" }] });
  });
});

// Verifies
describe("a field of which an undo that is not through has sent its former value", () => {
  const given = (snov: Value, hubspot: Value) => ({
    ...withSent(titles(snov, hubspot, "CTO"), { hubspot: ["CEO"] }),
    undoing: ["title"],
  });
  const held = [{ mappingId: "title", reason: "undone", value: "" }];

  it("stays as it is: what is yet to be put back on the other side is no edit", () => {
    const plan = pair(planRecord(settings(), given("CTO", "CEO")));
    expect(plan).toMatchObject({
      writes: { snov: {}, hubspot: {} },
      held,
      base: { title: "CTO" },
      conflicts: [],
    });
  });

  it("remembers what the undo has left apart", () => {
    const { link, ...rest } = given("CTO", "CEO");
    const left = { snov: "CTO", hubspot: "CEO", undone: true as const };
    const remembering = link && { ...link, declined: { removal: false, values: { title: left } } };
    const plan = pair(planRecord(settings(), { ...rest, link: remembering }));
    expect(plan).toMatchObject({ held, declined: { values: { title: left } } });
    const taken = pair(planRecord(settings({ takesUpUndone: true }), { ...rest, link: remembering }));
    expect(taken).toMatchObject({ held, declined: { values: { title: left } } });
  });

  it("is agreed on where both sides have come to the same", () => {
    const plan = pair(planRecord(settings(), given("COO", "COO")));
    expect(plan).toMatchObject({ held: [], base: { title: "COO" } });
  });
});
