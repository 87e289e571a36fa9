// What counts as an edit of the record that is left, where the other one was removed.
import { expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { ObservedLink, PlanInput } from "@/sync/record-plan";
import { email, emailMapping, input, mapping, nothingSent, prospect, settings } from "./planner-fixtures";

const left = (title: string, link: Partial<ObservedLink>, sent?: PlanInput["unconfirmed"]["snov"]) =>
  input({
    link: { base: { email, title: "CEO" }, ...link },
    snov: prospect({ email, title }),
    absences: { snov: null, hubspot: "archived" },
    ...(sent ? { unconfirmed: { snov: sent, hubspot: nothingSent } } : {}),
  });

// Verifies
it.each([
  ["a value that we may have written there is none", "CTO", { values: { title: ["CTO"] } }, "remove"],
  [
    "the value from before a write that may have arrived is none",
    "CEO",
    { values: { title: ["CTO"] } },
    "remove",
  ],
  [
    "a value that we surely wrote there is none",
    "CTO",
    { values: { title: ["CTO"] }, arrived: { title: "CTO" } },
    "remove",
  ],
  [
    "the value from before a write that surely arrived is one",
    "CEO",
    { values: { title: ["CTO"] }, arrived: { title: "CTO" } },
    "disputed",
  ],
])("%s", (_, title, sent, kind) => {
  expect(planRecord(settings(), left(title, {}, { removal: false, ...sent })).kind).toBe(kind);
});

// Verifies
it.each([
  ["that we may have written there is no edit", { title: ["CTO"] }, "remove"],
  ["that nobody wrote for us is one", { title: ["CFO"] }, "disputed"],
])("of a field on which the two never agreed, a value %s", (_, values, kind) => {
  const given = left("CTO", { base: { email } }, { removal: false, values });
  expect(planRecord(settings(), given).kind).toBe(kind);
});

// Verifies: R-78
it("of what an undo took back only fields that are mapped now, and that it was made of, count", () => {
  const creation = { email, title: "CEO" };
  const declined = { removal: false, values: {}, creation };
  const planOf = (title: string, stopped: boolean) =>
    planRecord(
      settings({ mappings: [emailMapping, mapping("title", { stopped }), mapping("city")] }),
      left(title, { declined }),
    );
  expect(planOf("CEO", false)).toEqual({ kind: "excluded", reason: "undone" });
  expect(planOf("CFO", false).kind).toBe("restore");
  expect(planOf("CFO", true)).toEqual({ kind: "excluded", reason: "undone" });
});

// Verifies: R-62
it("a choice to bring back what may not be made there leaves the question open", () => {
  const chosen = { choice: "bring_back" as const, seen: { title: "CFO" } };
  const given = { ...left("CFO", {}), removalResolution: chosen };
  expect(planRecord(settings(), given).kind).toBe("restore");
  const unable = { create: false, clear: true, remove: true, restore: false, erase: true };
  const planner = settings({ capabilities: { snov: unable, hubspot: unable } });
  expect(planRecord(planner, given).kind).toBe("disputed");
});
