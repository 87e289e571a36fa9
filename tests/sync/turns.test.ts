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
    expect(counted({})).toEqual({ title: { to: "hubspot", at: [500] } });
    expect(counted({}, toSnov)).toEqual({ title: { to: "snov", at: [500] } });
  });

  it("Writing the same side again is ordinary work and counts once", () => {
    const once: Turns = { title: { to: "hubspot", at: [100] } };
    expect(counted(once)).toEqual(once);
  });

  it("Writing the other side is one turn more", () => {
    const turns: Turns = { title: { to: "snov", at: [100, 200, 300] } };
    expect(counted(turns)).toEqual({ title: { to: "hubspot", at: [100, 200, 300, 500] } });
  });

  it("A turn counts as long as it is younger than the window, whenever the first one was", () => {
    const turns: Turns = { title: { to: "snov", at: [100, 900] } };
    expect(counted(turns, toHubspot, 1099)).toMatchObject({ title: { at: [100, 900, 1099] } });
    expect(counted(turns, toHubspot, 1100)).toEqual({ title: { to: "hubspot", at: [900, 1100] } });
    expect(counted(turns, toHubspot, 1900)).toEqual({ title: { to: "hubspot", at: [1900] } });
  });

  it("No more turns are kept than any limit asks for", () => {
    const turns: Turns = { title: { to: "snov", at: Array.from({ length: 101 }, (_, at) => at) } };
    expect(counted(turns)).toMatchObject({ title: { at: { length: 101, 0: 1, 100: 500 } } });
  });

  it("A field that is not written keeps its turns, and loses them with the window", () => {
    const turns: Turns = { city: { to: "snov", at: [100, 150] } };
    expect(counted(turns, nowhere)).toEqual(turns);
    expect(counted(turns, nowhere, 1120)).toEqual({ city: { to: "snov", at: [150] } });
    expect(counted(turns, nowhere, 1150)).toEqual({});
  });

  it("Each field is counted by itself, and the most turns of those that are written are the record's", () => {
    const turns: Turns = { city: { to: "snov", at: [1, 2, 3] }, title: { to: "snov", at: [1, 2] } };
    expect(mostTurns(turns, toHubspot, mappings)).toBe(2);
    expect(mostTurns({}, toHubspot, mappings)).toBe(0);
  });

  it("What a person chose for a field is no turn of it, and is not stopped for earlier ones", () => {
    const chosen = planOfPair(
      settings(),
      titles("CTO", "COO", "CEO", {
        resolutions: {
          title: { choice: { kind: "take", side: "snov" }, seen: { snov: "CTO", hubspot: "COO" } },
        },
      }),
    );
    expect(chosen.writes.hubspot).toEqual({ hubspot_title: "CTO" });
    const turns: Turns = { title: { to: "snov", at: [100, 200] } };
    expect(counted(turns, chosen)).toEqual(turns);
    expect(mostTurns(turns, chosen, mappings)).toBe(0);
  });

  it("What a plan leaves alone bounces no more, however often it did", () => {
    const turns: Turns = { title: { to: "snov", at: [1, 2, 3] } };
    expect(mostTurns(turns, nowhere, mappings)).toBe(0);
  });
});
