import { describe, expect, it } from "vitest";
import { withoutOtherWay } from "@/sync/decline";
import { policies } from "@/sync/policy";
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

// Verifies: R-50
describe("a transfer's plan in one direction", () => {
  const narrowed = (given: PlanInput, settings = planner) =>
    withoutOtherWay(planOfPair(settings, given), "snov", planner.mappings, given);
  const anew = { ...planner, takesUpUndone: true };
  const met = input({
    snov: prospect({ email, title: "CEO", city: null }),
    hubspot: contact({ email, title: null, city: "Rio" }),
  });

  it("writes nothing against it, agrees on nothing there, and the link remembers what was left", () => {
    const { plan, edited } = narrowed(met);
    expect(plan).toMatchObject({
      writes: { snov: {}, hubspot: { hubspot_title: "CEO" } },
      declined: { values: { city: { snov: null, hubspot: "Rio", otherWay: true } } },
      held: [{ mappingId: "city", reason: "other_way", value: "" }],
    });
    expect(plan.base).toEqual({ email, title: "CEO" });
    expect(edited).toBe(false);
  });

  it("is remembered until either side changes it, or a person asks for it anew", () => {
    const { plan } = narrowed(met);
    const later = (city: string | null) =>
      input({
        snov: prospect({ email, title: "CEO", city }),
        hubspot: contact({ email, title: "CEO", city: "Rio" }),
        base: plan.base,
        link: { declined: plan.declined },
      });
    expect(planOfPair(planner, later(null))).toMatchObject({
      writes: nothingWritten,
      declined: plan.declined,
      held: [{ mappingId: "city", reason: "other_way" }],
    });
    expect(planOfPair(planner, later("Recife"))).toMatchObject({
      writes: { snov: {}, hubspot: { hubspot_city: "Recife" } },
      conflicts: [],
      held: [],
    });
    expect(planOfPair(anew, later(null)).writes).toEqual({ snov: { snov_city: "Rio" }, hubspot: {} });
    expect(narrowed(later(null), anew).plan).toMatchObject({
      writes: nothingWritten,
      declined: plan.declined,
    });
  });

  it.each(policies)(
    "gives way to the edit that comes after it, on either side, whatever the policy: %s",
    (policy) => {
      const { plan } = narrowed(met);
      const one = settings({ mappings: [emailMapping, mapping("title"), mapping("city", { policy })] });
      const later = (snov: string | null, hubspot: string | null) =>
        planOfPair(
          one,
          input({
            snov: prospect({ email, title: "CEO", city: snov }),
            hubspot: contact({ email, title: "CEO", city: hubspot }),
            base: plan.base,
            link: { declined: plan.declined },
          }),
        );
      expect(later("Recife", "Rio")).toMatchObject({
        writes: { snov: {}, hubspot: { hubspot_city: "Recife" } },
        replaced: [],
      });
      expect(later(null, "Natal")).toMatchObject({ writes: { snov: { snov_city: "Natal" }, hubspot: {} } });
    },
  );

  it("leaves an edit of what both had agreed on to the ordinary line, with the base as it was", () => {
    const { plan, edited } = narrowed(
      input({ base, snov: prospect(base), hubspot: contact({ ...base, city: "Recife" }) }),
    );
    expect(plan).toMatchObject({
      writes: nothingWritten,
      base,
      declined: { values: {} },
      held: [{ mappingId: "city", reason: "on_its_way" }],
      waiting: ["city"],
    });
    expect(edited).toBe(true);
  });

  it("keeps what an undo left as the undo left it", () => {
    const undone = { city: { snov: "Recife", hubspot: "Rio", undone: true as const } };
    const given = input({
      base: { ...base, city: "Recife" },
      snov: prospect({ ...base, city: "Recife" }),
      hubspot: contact(base),
      link: { declined: { removal: false, values: undone } },
    });
    expect(planOfPair(anew, given).writes).toEqual({ snov: { snov_city: "Rio" }, hubspot: {} });
    expect(narrowed(given, anew).plan).toMatchObject({
      writes: nothingWritten,
      base: { city: "Recife" },
      declined: { values: undone },
      held: [{ mappingId: "city", reason: "undone" }],
    });
  });
});
