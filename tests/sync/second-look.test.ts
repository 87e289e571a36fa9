import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { secondLook } from "@/sync/second-look";
import { contact, emailMapping, input, mapping, prospect, settings } from "./planner-fixtures";

const email = "ana@example.com";
const recent = settings({ mappings: [emailMapping, mapping("title", { policy: "most_recent" })] });
const conflict = input({
  base: { email, title: "CEO" },
  snov: prospect({ email, title: "CTO" }),
  hubspot: contact({ email, title: "CFO" }),
});

function look(planner: PlannerSettings, given: PlanInput) {
  return secondLook(planner, given, planRecord(planner, given));
}

// Verifies
describe("a second look", () => {
  it("asks for the times that decide a conflict, on the sides where they are not known", () => {
    expect(look(recent, conflict)).toEqual({
      changeTimes: { snov: ["snov_title"], hubspot: ["hubspot_title"] },
      addresses: { snov: null, hubspot: null },
    });
    const known = structuredClone(conflict);
    if (known.records.snov) known.records.snov.changedAt = { snov_title: 1 };
    expect(look(recent, known)).toMatchObject({ changeTimes: { snov: [], hubspot: ["hubspot_title"] } });
  });

  it("is not needed where a person is asked in any case", () => {
    expect(look(settings(), conflict)).toBeNull();
  });

  it("is not needed where both times are known, even if they are the same", () => {
    const known = structuredClone(conflict);
    if (known.records.snov) known.records.snov.changedAt = { snov_title: 1 };
    if (known.records.hubspot) known.records.hubspot.changedAt = { hubspot_title: 1 };
    expect(look(recent, known)).toBeNull();
  });

  it("asks who owns an address before it is written", () => {
    const moved = input({
      base: { email, title: "CEO" },
      snov: prospect({ email: "ana@new.example", title: "CEO" }),
      hubspot: contact({ email, title: "CEO" }),
    });
    expect(look(settings(), moved)).toEqual({
      changeTimes: { snov: [], hubspot: [] },
      addresses: { snov: null, hubspot: "ana@new.example" },
    });
  });

  it("is not needed for a record that is created, or left as it is", () => {
    expect(look(settings(), input({ snov: prospect({ email, title: "CEO" }) }))).toBeNull();
    expect(look(settings(), input({}))).toBeNull();
  });
});
