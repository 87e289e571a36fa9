import { describe, expect, it } from "vitest";
import { mostTurns, type Turns, turnsAfter } from "@/sync/turns";
import { emailMapping, mapping, planOfPair, settings, titles } from "./planner-fixtures";

const toHubspot = planOfPair(settings(), titles("CTO", "CEO", "CEO"));
const toSnov = planOfPair(settings(), titles("CEO", "CTO", "CEO"));
const nowhere = planOfPair(settings(), titles("CEO", "CEO", "CEO"));
const mappings = [emailMapping, mapping("title")];
const window = 1000;

function counted(turns: Turns, plan = toHubspot, now = 500) {
  return turnsAfter(turns, plan, mappings, now, window);
}

describe("how often a field bounced between the sides (Verifies: R-76)", () => {
  it("The first write of a field is its first turn", () => {
    expect(counted({})).toEqual({ title: { to: "hubspot", count: 1, since: 500 } });
    expect(counted({}, toSnov)).toEqual({ title: { to: "snov", count: 1, since: 500 } });
  });

  it("Writing the same side again is ordinary work and counts once", () => {
    const once: Turns = { title: { to: "hubspot", count: 1, since: 100 } };
    expect(counted(once)).toEqual(once);
  });

  it("Writing the other side is one turn more, counted from when the first one was", () => {
    const once: Turns = { title: { to: "snov", count: 3, since: 100 } };
    expect(counted(once)).toEqual({ title: { to: "hubspot", count: 4, since: 100 } });
  });

  it("A count as old as the window begins anew", () => {
    const old: Turns = { title: { to: "snov", count: 7, since: 100 } };
    expect(counted(old, toHubspot, 1099)).toMatchObject({ title: { count: 8, since: 100 } });
    expect(counted(old, toHubspot, 1100)).toEqual({ title: { to: "hubspot", count: 1, since: 1100 } });
  });

  it("A field that is not written keeps its count, and loses it with the window", () => {
    const once: Turns = { city: { to: "snov", count: 3, since: 100 } };
    expect(counted(once, nowhere)).toEqual(once);
    expect(counted(once, nowhere, 1100)).toEqual({});
  });

  it("Each field is counted by itself, and the highest count of those that are written is the record's", () => {
    const turns: Turns = {
      city: { to: "snov", count: 7, since: 100 },
      title: { to: "snov", count: 5, since: 100 },
    };
    expect(mostTurns(turns, toHubspot, mappings)).toBe(5);
    expect(mostTurns({}, toHubspot, mappings)).toBe(0);
  });

  it("What a plan leaves alone bounces no more, however often it did", () => {
    const turns: Turns = { title: { to: "snov", count: 9, since: 100 } };
    expect(mostTurns(turns, nowhere, mappings)).toBe(0);
  });
});
