import { describe, expect, it } from "vitest";
import type { PlannerMapping } from "@/sync/planner-settings";
import { nothingWritten, planOfPair, titles, withMapping } from "./planner-fixtures";

describe("choices of two linked records (Verifies: R-34)", () => {
  const paired: Partial<PlannerMapping> = {
    type: "choice",
    choices: { snov: { s: "SMALL", l: "LARGE", xl: "LARGE" }, hubspot: { klein: "SMALL", gross: "LARGE" } },
  };
  const planner = withMapping("title", paired);

  it("A choice travels as the other side's choice, and the sides agree on what both mean", () => {
    const plan = planOfPair(planner, titles("l", "klein", "SMALL"));
    expect(plan.writes).toEqual({ snov: {}, hubspot: { hubspot_title: "gross" } });
    expect(plan.base.title).toBe("LARGE");
  });

  it("A choice that already means the same is not replaced by another one", () => {
    expect(planOfPair(planner, titles("xl", "gross", "LARGE")).writes).toEqual(nothingWritten);
    const several = withMapping("title", { ...paired, type: "choices" });
    expect(planOfPair(several, titles(["xl"], ["klein", "gross"], ["LARGE"])).writes.snov).toEqual({
      snov_title: ["s", "xl"],
    });
  });

  it("A conflict shows each side's own choice", () => {
    expect(planOfPair(planner, titles("s", "gross")).conflicts).toMatchObject([
      { values: { snov: "s", hubspot: "gross" } },
    ]);
  });

  it.each([
    ["of Snov.io", "huge", "gross", "huge"],
    ["of HubSpot", "s", "riesig", "riesig"],
    ["of either side, Snov.io's first", "huge", "riesig", "huge"],
  ])(
    "A choice %s without a counterpart is held back and named; nothing is written",
    (_, snov, hubspot, named) => {
      const plan = planOfPair(planner, titles(snov, hubspot, "SMALL"));
      expect(plan.held).toEqual([{ mappingId: "title", reason: "choice_not_mapped", value: named }]);
      expect(plan.writes).toEqual(nothingWritten);
      expect(plan.base.title).toBe("SMALL");
      expect(plan.conflicts).toEqual([]);
    },
  );

  it("A choice that means nothing on the other side is held back, by the name both sides share", () => {
    const oneSided = withMapping("title", {
      ...paired,
      choices: { snov: null, hubspot: { klein: "SMALL" } },
    });
    const plan = planOfPair(oneSided, titles("HUGE", "klein", "SMALL"));
    expect(plan.held).toEqual([{ mappingId: "title", reason: "choice_not_mapped", value: "HUGE" }]);
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.title).toBe("SMALL");
  });

  it("A one-way conflict of choices waits for an edit of the source, not for its translation", () => {
    const inward = withMapping("title", { ...paired, writable: { snov: false, hubspot: true } });
    const given = (snov: string) =>
      titles("s", "gross", undefined, { link: {}, openConflicts: { title: { snov, hubspot: "gross" } } });
    expect(planOfPair(inward, given("s")).conflicts).toHaveLength(1);
    expect(planOfPair(inward, given("xl")).writes.hubspot).toEqual({ hubspot_title: "klein" });
    expect(planOfPair(inward, given("unpaired since")).writes.hubspot).toEqual({ hubspot_title: "klein" });
  });
});
