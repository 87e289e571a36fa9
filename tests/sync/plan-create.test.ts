import { describe, expect, it } from "vitest";
import { planCreate } from "@/sync/plan-create";
import type { RecordPlan } from "@/sync/record-plan";
import { otherSide, type Side } from "@/sync/side";
import { contact, email, emailMapping, everything, mapping, prospect, settings } from "./planner-fixtures";

const ana = { email, title: "CEO" };
const oneSide = (side: Side) => ({ snov: side === "snov", hubspot: side === "hubspot" });
const excluded = (reason: string) => ({ kind: "excluded", reason });

function create(plan: RecordPlan) {
  if (plan.kind !== "create") throw new Error(`Not a creation: ${JSON.stringify(plan)}`);
  return plan;
}

function size(snov: Record<string, string> | null, hubspot: Record<string, string> | null) {
  return settings({
    mappings: [emailMapping, mapping("size", { type: "choice", choices: { snov, hubspot } })],
  });
}

describe("whether a record gets a partner (Verifies: R-32, R-70, R-77)", () => {
  it("A record without a partner gets one with all its mapped values, on either side", () => {
    expect(planCreate(settings(), "hubspot", prospect(ana))).toEqual({
      kind: "create",
      on: "hubspot",
      fields: { hubspot_email: email, hubspot_title: "CEO" },
      base: { email, title: "CEO" },
      held: [],
      refused: {},
    });
    expect(create(planCreate(settings(), "snov", contact(ana)))).toMatchObject({
      on: "snov",
      fields: { snov_email: email, snov_title: "CEO" },
    });
  });

  it.each<Side>(["snov", "hubspot"])("No record is created in %s against the sync type", (on) => {
    const only = settings({ writable: oneSide(otherSide(on)) });
    expect(planCreate(only, on, contact(ana))).toEqual(excluded("direction"));
  });

  it("No record is created on a side that cannot create", () => {
    const capabilities = { snov: everything, hubspot: { ...everything, create: false } };
    expect(planCreate(settings({ capabilities }), "hubspot", prospect(ana))).toEqual(excluded("direction"));
  });

  it.each([
    ["a missing", { title: "CEO" }],
    ["an empty", { title: "CEO", email: null }],
    ["a blank", { title: "CEO", email: " " }],
  ])("A record with %s e-mail address gets no partner", (_, values) => {
    expect(planCreate(settings(), "hubspot", prospect(values))).toEqual(excluded("no_email"));
  });

  it("Without a mapping of the e-mail no record gets a partner", () => {
    expect(planCreate(settings({ mappings: [mapping("title")] }), "hubspot", prospect(ana))).toEqual(
      excluded("no_email"),
    );
  });

  it("A record outside the chosen lists gets no partner", () => {
    expect(planCreate(settings(), "hubspot", prospect(ana, false))).toEqual(excluded("out_of_scope"));
  });

  it("Of several reasons the one that settings decide is told first, then the address, then the lists", () => {
    const nobody = prospect({}, false);
    expect(planCreate(settings({ writable: oneSide("snov") }), "hubspot", nobody)).toEqual(
      excluded("direction"),
    );
    expect(planCreate(settings(), "hubspot", nobody)).toEqual(excluded("no_email"));
  });
});

describe("what a new record is given (Verifies: R-33, R-34, R-36)", () => {
  it("A stopped mapping gives nothing, and is not taken for agreed on", () => {
    const stopped = settings({ mappings: [emailMapping, mapping("title", { stopped: true })] });
    const plan = create(planCreate(stopped, "hubspot", prospect(ana)));
    expect(plan.fields).toEqual({ hubspot_email: email });
    expect(plan.base).toEqual({ email });
    expect(plan.held).toEqual([]);
  });

  it("A field of the other direction is not sent, and what the new record gets there later counts as its edit", () => {
    const inward = settings({ mappings: [emailMapping, mapping("title", { writable: oneSide("snov") })] });
    const plan = create(planCreate(inward, "hubspot", prospect(ana)));
    expect(plan.fields).toEqual({ hubspot_email: email });
    expect(plan.base).toEqual({ email, title: null });
    expect(plan.held).toEqual([]);
  });

  it("An empty field is not sent, and both sides agree that it is empty", () => {
    const plan = create(planCreate(settings(), "hubspot", prospect({ email, title: " " })));
    expect(plan.fields).toEqual({ hubspot_email: email });
    expect(plan.base).toEqual({ email, title: null });
  });

  it("A field that is gone from its side is held back by name, and the rest of the record is created", () => {
    const plan = create(planCreate(settings(), "hubspot", prospect({ email })));
    expect(plan.held).toEqual([{ mappingId: "title", reason: "field_missing", value: "snov_title" }]);
    expect(plan.fields).toEqual({ hubspot_email: email });
    expect(plan.base).toEqual({ email });
  });

  it("A choice is written as the other side's choice", () => {
    const planner = size({ small: "S" }, { klein: "S", petit: "S" });
    const plan = create(planCreate(planner, "hubspot", prospect({ email, size: "small" })));
    expect(plan.fields).toEqual({ hubspot_email: email, hubspot_size: "klein" });
    expect(plan.base).toEqual({ email, size: "S" });
  });

  it.each([
    ["its own side does not pair", size({ small: "S" }, null), "huge"],
    ["the other side does not pair", size(null, { klein: "small" }), "huge"],
  ])("A choice that %s is held back by name, and the rest of the record is created", (_, planner, choice) => {
    const plan = create(planCreate(planner, "hubspot", prospect({ email, size: choice })));
    expect(plan.held).toEqual([{ mappingId: "size", reason: "choice_not_mapped", value: choice }]);
    expect(plan.fields).toEqual({ hubspot_email: email });
    expect(plan.base).toEqual({ email });
  });
});

describe("what rides on a creation (Verifies: R-31, R-40)", () => {
  const extras = (field: string) =>
    settings({
      constants: {
        snov: { field: "snov_source", type: "text", value: "from HubSpot" },
        hubspot: { field, type: "text", value: "from Snov.io" },
      },
      firstStatus: { snov: null, hubspot: { field: "hs_lead_status", value: "NEW" } },
    });

  it("A new contact carries the constant and the first status of its direction", () => {
    expect(create(planCreate(extras("hubspot_source"), "hubspot", prospect(ana))).fields).toEqual({
      hubspot_email: email,
      hubspot_title: "CEO",
      hubspot_source: "from Snov.io",
      hs_lead_status: "NEW",
    });
  });

  it("A new prospect carries the constant of its own direction, and no status", () => {
    expect(create(planCreate(extras("hubspot_source"), "snov", contact(ana))).fields).toEqual({
      snov_email: email,
      snov_title: "CEO",
      snov_source: "from HubSpot",
    });
  });

  it("A constant never counts as agreed on between the sides", () => {
    expect(create(planCreate(extras("hubspot_source"), "hubspot", prospect(ana))).base).toEqual(ana);
  });

  it("A mapped value goes before a constant or a status of the same field", () => {
    expect(create(planCreate(extras("hubspot_title"), "hubspot", prospect(ana))).fields).toMatchObject({
      hubspot_title: "CEO",
    });
    expect(create(planCreate(extras("hs_lead_status"), "hubspot", prospect(ana))).fields).toMatchObject({
      hs_lead_status: "from Snov.io",
    });
  });

  it("A constant fills a mapped field that the record has empty", () => {
    const plan = create(planCreate(extras("hubspot_title"), "hubspot", prospect({ email, title: null })));
    expect(plan.fields).toMatchObject({ hubspot_title: "from Snov.io" });
  });
});
