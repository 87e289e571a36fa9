import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import { contact, emailMapping, input, mapping, prospect, settings } from "./planner-fixtures";

const email = "ana@example.com";

describe("choices (Verifies: R-34)", () => {
  const choice = mapping("size", {
    type: "choice",
    choices: { snov: { s: "SMALL", l: "LARGE", xl: "LARGE" }, hubspot: null },
  });
  const sized = settings({ mappings: [emailMapping, choice] });
  const base = { email, size: "SMALL" };

  it("travel value by value", () => {
    const plan = planRecord(
      sized,
      input({
        base,
        snov: prospect({ email, size: "l" }),
        hubspot: contact({ email, size: "SMALL" }),
      }),
    );
    expect(plan).toMatchObject({ writes: { hubspot: { hubspot_size: "LARGE" } }, base: { size: "LARGE" } });
  });

  it("keep the own value that already means the same", () => {
    const plan = planRecord(
      sized,
      input({
        base: { ...base, size: "LARGE" },
        snov: prospect({ email, size: "xl" }),
        hubspot: contact({ email, size: "LARGE" }),
      }),
    );
    expect(plan).toMatchObject({ writes: { snov: {}, hubspot: {} } });
  });

  it("are held back, named, where they have no counterpart", () => {
    const plan = planRecord(
      sized,
      input({
        base,
        snov: prospect({ email, size: "xxl" }),
        hubspot: contact({ email, size: "SMALL" }),
      }),
    );
    expect(plan).toMatchObject({
      writes: { snov: {}, hubspot: {} },
      held: [{ mappingId: "size", value: "xxl" }],
      base: { size: "SMALL" },
    });
  });

  it("settle no open conflict while the source's choice stays what it was", () => {
    const outward = { ...choice, writable: { snov: false, hubspot: true } };
    const first = {
      ...input({ snov: prospect({ email, size: "s" }), hubspot: contact({ email, size: "LARGE" }) }),
      openConflicts: { size: { snov: "s", hubspot: "LARGE" } },
    };
    expect(planRecord(settings({ mappings: [emailMapping, outward] }), first)).toMatchObject({
      writes: { hubspot: {} },
      conflicts: [{ mappingId: "size" }],
    });
  });
});
