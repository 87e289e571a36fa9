import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import { writesTo } from "@/sync/writes-to";
import { contact, email, input, planOfPair, prospect, settings, titles } from "./planner-fixtures";

const both = (plan: Parameters<typeof writesTo>[0]) => [writesTo(plan, "snov"), writesTo(plan, "hubspot")];

describe("what a plan writes to a side", () => {
  it("is what differs there, and nothing on the side that it came from", () => {
    expect(both(planOfPair(settings(), titles("CTO", "CEO", "CEO")))).toEqual([
      null,
      { hubspot_title: "CTO" },
    ]);
    expect(both(planOfPair(settings(), titles("CEO", "CEO", "CEO")))).toEqual([null, null]);
  });

  it("is all of a record that it makes, on the side where it is made", () => {
    const title = "CTO";
    expect(both(planRecord(settings(), input({ snov: prospect({ email, title }) })))).toEqual([
      null,
      { hubspot_email: email, hubspot_title: title },
    ]);
    expect(both(planRecord(settings(), input({ hubspot: contact({ email, title }) })))).toEqual([
      { snov_email: email, snov_title: title },
      null,
    ]);
  });

  it("is nothing where a record is only removed, or looked at again", () => {
    expect(both({ kind: "remove", on: "hubspot", why: "deleted" })).toEqual([null, null]);
    expect(both({ kind: "take_back", on: "snov" })).toEqual([null, null]);
    expect(both({ kind: "look_again" })).toEqual([null, null]);
  });
});
