// A record that is in sync is called equal only where every mapped field was compared and says the same on both sides.
import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { unequalFields } from "@/sync/unequal";
import { contact, email, input, mapping, prospect, settings, titles, withMapping } from "./planner-fixtures";

const onlyTo = (side: "snov" | "hubspot") => ({ snov: side === "snov", hubspot: side === "hubspot" });

function found(planner: PlannerSettings, given: PlanInput) {
  const plan = planRecord(planner, given);
  if (plan.kind !== "pair" && plan.kind !== "create") throw new Error(`planned: ${plan.kind}`);
  const { apart, stopped } = unequalFields(planner, given.records, plan);
  return { apart: apart.map(({ id }) => id), stopped: stopped.map(({ id }) => id) };
}

describe("fields of a record in sync that are not known to be equal", () => {
  it("are none where both sides say the same, and none where what differs is being written", () => {
    expect(found(settings(), titles("CEO", "CEO", "CEO"))).toEqual({ apart: [], stopped: [] });
    expect(found(settings(), titles("CTO", "CEO", "CEO"))).toEqual({ apart: [], stopped: [] });
  });

  it("are those whose receiver was edited, until the source is", () => {
    const oneWay = withMapping("title", { writable: onlyTo("hubspot") });
    expect(found(oneWay, titles("CEO", "CTO", "CEO")).apart).toEqual(["title"]);
    expect(found(oneWay, titles("CFO", "CTO", "CEO")).apart).toEqual([]);
    const other = withMapping("title", { writable: onlyTo("snov") });
    expect(found(other, titles("CTO", "CEO", "CEO")).apart).toEqual(["title"]);
  });

  it("are those that a new record does not get, where the other one has something there", () => {
    const oneWay = withMapping("title", { writable: onlyTo("snov") });
    const alone = (title: string | null) => input({ snov: prospect({ email, title }) });
    expect(found(oneWay, alone("CEO")).apart).toEqual(["title"]);
    expect(found(oneWay, alone(null)).apart).toEqual([]);
    expect(found(settings(), alone("CEO")).apart).toEqual([]);
  });

  it("are those of stopped mappings, whatever they hold", () => {
    const stopped = withMapping("title", { stopped: true });
    expect(found(stopped, titles("CEO", "CTO", "CEO"))).toEqual({ apart: [], stopped: ["title"] });
    expect(found(stopped, titles("CEO", "CEO", "CEO"))).toEqual({ apart: [], stopped: ["title"] });
  });

  it("are compared by what a choice means to both, and differ where one side's has no counterpart", () => {
    const choices = { snov: { warm: "HOT" }, hubspot: null };
    const oneWay = settings({
      mappings: [
        mapping("email", { identity: true }),
        mapping("mood", { type: "choice", choices, writable: onlyTo("hubspot") }),
      ],
    });
    const pair = (snov: string, hubspot: string) =>
      input({
        snov: prospect({ email, mood: snov }),
        hubspot: contact({ email, mood: hubspot }),
        base: { email, mood: "HOT" },
      });
    expect(found(oneWay, pair("warm", "HOT")).apart).toEqual([]);
    expect(found(oneWay, pair("warm", "COLD")).apart).toEqual(["mood"]);
  });
});
