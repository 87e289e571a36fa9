import { describe, expect, it } from "vitest";
import { type Policy, winnerBy } from "@/sync/policy";
import type { Side } from "@/sync/side";

type Row = [rule: string, policy: Policy, snov: number | undefined, hubspot: number | undefined, Side | null];

describe("who wins where both sides changed a field (Verifies: R-61)", () => {
  it.each<Row>([
    ["Asking decides nothing, even where one change is the later one", "ask", 200, 100, null],
    ["Snov.io wins, however late HubSpot's change is", "snov_wins", 100, 200, "snov"],
    ["Snov.io wins where no time is known", "snov_wins", undefined, undefined, "snov"],
    ["HubSpot wins, however late Snov.io's change is", "hubspot_wins", 200, 100, "hubspot"],
    ["HubSpot wins where no time is known", "hubspot_wins", undefined, undefined, "hubspot"],
    ["The later change wins when it was made in Snov.io", "most_recent", 200, 100, "snov"],
    ["The later change wins when it was made in HubSpot", "most_recent", 100, 200, "hubspot"],
    ["Two changes in the same instant are for a person", "most_recent", 100, 100, null],
    ["Without Snov.io's time a person is asked", "most_recent", undefined, 100, null],
    ["Without HubSpot's time a person is asked", "most_recent", 100, undefined, null],
    ["Without any time a person is asked", "most_recent", undefined, undefined, null],
    ["A change at the beginning of time has a time like any other", "most_recent", 0, 100, "hubspot"],
  ])("%s", (_, policy, snov, hubspot, winner) => {
    expect(winnerBy(policy, { snov, hubspot })).toBe(winner);
  });
});
