import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PairPlan } from "@/sync/record-plan";
import { mostTurns, type Turns, turnsAfter } from "@/sync/turns";
import { contact, input, prospect, settings } from "./planner-fixtures";

const planner = settings();
const base = { email: "ana@example.com", title: "CEO" };
const windowMs = 1_000;

function writing(to: "snov" | "hubspot"): PairPlan {
  const edited = { ...base, title: "CTO" };
  const plan = planRecord(
    planner,
    input({
      base,
      snov: prospect(to === "hubspot" ? edited : base),
      hubspot: contact(to === "snov" ? edited : base),
    }),
  );
  if (plan.kind !== "pair") throw new Error(`not a pair: ${plan.kind}`);
  return plan;
}

function counted(turns: Turns, to: "snov" | "hubspot", now: number): Turns {
  return turnsAfter(turns, writing(to), planner.mappings, now, windowMs);
}

// Verifies: R-76
describe("a record that bounces between the sides", () => {
  it("is counted at every change of direction", () => {
    const turns = counted(counted(counted({}, "hubspot", 0), "snov", 1), "hubspot", 2);
    expect(turns).toEqual({ title: { to: "hubspot", count: 3, since: 0 } });
    expect(mostTurns(turns)).toBe(3);
  });

  it("is not what somebody makes who edits one side again and again", () => {
    expect(counted(counted({}, "hubspot", 0), "hubspot", 1)).toEqual({
      title: { to: "hubspot", count: 1, since: 0 },
    });
  });

  it("is counted anew once the window is over", () => {
    expect(counted(counted({}, "hubspot", 0), "snov", 999)).toMatchObject({ title: { count: 2 } });
    expect(counted(counted({}, "hubspot", 0), "snov", 1_000)).toEqual({
      title: { to: "snov", count: 1, since: 1_000 },
    });
  });

  it("leaves the counts that were handed in as they were", () => {
    const before = counted({}, "hubspot", 0);
    counted(before, "snov", 1);
    expect(before).toEqual({ title: { to: "hubspot", count: 1, since: 0 } });
    expect(mostTurns({})).toBe(0);
  });
});
