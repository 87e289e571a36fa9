import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import { contact, input, prospect, settings } from "./planner-fixtures";

const email = "ana@example.com";
const base = { email, title: "CEO" };

describe("a field that cannot travel (Verifies: R-77)", () => {
  it("A field that its side does not show is held back, and never taken for empty", () => {
    const given = input({ base, snov: prospect({ email, title: "CTO" }), hubspot: contact({ email }) });
    expect(planRecord(settings(), given)).toMatchObject({
      kind: "pair",
      writes: { snov: {}, hubspot: {} },
      base,
      held: [{ mappingId: "title", reason: "field_missing", value: "hubspot_title" }],
    });
  });

  it("A side that cannot empty a field keeps its value, and the field says so", () => {
    const given = input({
      base,
      snov: prospect({ email, title: "CEO" }),
      hubspot: contact({ email, title: null }),
    });
    const planner = settings();
    planner.capabilities.snov = { ...planner.capabilities.snov, clear: false };
    expect(planRecord(planner, given)).toMatchObject({
      writes: { snov: {}, hubspot: {} },
      base,
      held: [{ mappingId: "title", reason: "cannot_clear", value: "CEO" }],
    });
  });

  it("The address of another record is not written, the other fields are", () => {
    const given = input({
      base,
      snov: prospect({ email: "new@example.com", title: "CTO" }),
      hubspot: contact({ email, title: "CEO" }),
    });
    given.addressOwners.hubspot = "hubspot-2";
    expect(planRecord(settings(), given)).toMatchObject({
      writes: { snov: {}, hubspot: { hubspot_title: "CTO" } },
      base: { email, title: "CTO" },
      conflicts: [{ kind: "same_address", mappingId: "email", on: "hubspot", otherId: "hubspot-2" }],
    });
  });
});
