import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { secondLook } from "@/sync/second-look";
import {
  contact,
  email,
  emailMapping,
  input,
  mapping,
  prospect,
  settings,
  titles,
  withMapping,
} from "./planner-fixtures";

const noTimes = { snov: [], hubspot: [] };
const noAddresses = { snov: null, hubspot: null };
const mostRecent = withMapping("title", { policy: "most_recent" });

function look(planner: PlannerSettings, given: PlanInput) {
  return secondLook(planner, given, planRecord(planner, given));
}

function edited(times: { snov?: number; hubspot?: number } = {}): PlanInput {
  const given = titles("CTO", "CFO", "CEO");
  if (given.records.snov && times.snov !== undefined)
    given.records.snov.changedAt = { snov_title: times.snov };
  if (given.records.hubspot && times.hubspot !== undefined)
    given.records.hubspot.changedAt = { hubspot_title: times.hubspot };
  return given;
}

describe("what is asked of a side before a plan stands (Verifies: R-61, R-64)", () => {
  it("The most recent change cannot be told without times: those that are not known are asked for", () => {
    expect(look(mostRecent, edited())).toEqual({
      changeTimes: { snov: ["snov_title"], hubspot: ["hubspot_title"] },
      addresses: noAddresses,
    });
    expect(look(mostRecent, edited({ snov: 100 }))?.changeTimes).toEqual({
      snov: [],
      hubspot: ["hubspot_title"],
    });
    expect(look(mostRecent, edited({ hubspot: 0 }))?.changeTimes).toEqual({
      snov: ["snov_title"],
      hubspot: [],
    });
  });

  it.each<[rule: string, planner: PlannerSettings, given: PlanInput]>([
    ["Times that are known are not asked for", mostRecent, edited({ snov: 100, hubspot: 100 })],
    ["Where a person decides no time is asked for", settings(), edited()],
    ["Where nothing is in conflict no time is asked for", mostRecent, titles("CTO", "CEO", "CEO")],
    [
      "Nothing is asked about a record that stands alone",
      settings(),
      input({ snov: prospect({ email, title: "CEO" }) }),
    ],
    ["Nothing is asked where nothing is to be done", settings(), titles("CEO", "CEO", "CEO")],
  ])("%s", (_, planner, given) => {
    expect(look(planner, given)).toBeNull();
  });

  it("Before an address is written, the side is asked who has it", () => {
    const fromSnov = input({
      base: { email },
      snov: prospect({ email: "new@example.com", title: null }),
      hubspot: contact({ email, title: null }),
    });
    expect(look(settings(), fromSnov)).toEqual({
      changeTimes: noTimes,
      addresses: { snov: null, hubspot: "new@example.com" },
    });
    const fromHubspot = input({
      base: { email },
      snov: prospect({ email, title: null }),
      hubspot: contact({ email: "new@example.com", title: null }),
    });
    expect(look(settings(), fromHubspot)?.addresses).toEqual({ snov: "new@example.com", hubspot: null });
  });

  it("An address that another record has is no question of time", () => {
    const taken = input({
      base: { email },
      snov: prospect({ email: "new@example.com" }),
      hubspot: contact({ email }),
      addressOwners: { snov: {}, hubspot: { "new@example.com": "hubspot-9" } },
    });
    const planner = settings({ mappings: [{ ...emailMapping, policy: "most_recent" }] });
    expect(look(planner, taken)).toBeNull();
  });

  it("A conflict in one field asks for no time of another", () => {
    const planner = settings({
      mappings: [...mostRecent.mappings, mapping("city", { policy: "most_recent" })],
    });
    const given = edited();
    Object.assign(given.records.snov?.fields ?? {}, { snov_city: "Rio" });
    Object.assign(given.records.hubspot?.fields ?? {}, { hubspot_city: "Rio" });
    expect(look(planner, given)?.changeTimes).toEqual({ snov: ["snov_title"], hubspot: ["hubspot_title"] });
  });
});
