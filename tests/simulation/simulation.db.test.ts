import "./machine/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Machine, openMachine } from "./machine/open-machine";
import { explain, simulateMany } from "./simulate-many";
import { simulateRun } from "./simulate-run";

const server = process.env.TEST_DATABASE_URL ?? "";

/** A death before a write, between it and its answer, and on either edge of a commit. */
const whereAPageIsHalfDone = [
  /batch\/create$/,
  /batch\/create:applied$/,
  /batch\/update$/,
  /batch\/update:applied$/,
  /batch\/archive/,
  /^tx:begin$/,
  /^tx:commit$/,
  /^tx:committed$/,
  /^sql:insert unconfirmed_writes/,
  /^sql:(insert|update) record_links/,
  /^sql:(update|delete) pending_records/,
];

/** So many deaths are to be expected at a point, as often as it is passed: that there is none is no chance any more. */
const surelySeen = 9;

/** What people say about conflicts, rules and what was written, and how often at least: what nobody does proves nothing. */
const whatPeopleDo: [RegExp, number][] = [
  [/^resolved:value:take_snov:accepted$/, 40],
  [/^resolved:value:take_hubspot:accepted$/, 40],
  [/^resolved:value:value:accepted$/, 20],
  [/^resolved:value:leave:accepted$/, 8],
  [/^resolved:removed_and_edited:(remove|bring_back):accepted$/, 10],
  [/^resolved:(same_address|merged):apart:accepted$/, 8],
  [/^resolved:same_address:link:accepted$/, 2],
  [/^resolved:.*:moved$/, 8],
  [/^resolved:by_two$/, 25],
  [/^resolved:all/, 10],
  [/^came_to:applied$/, 40],
  [/^came_to:moved$/, 2],
  [/^undone:takenBack$/, 30],
  [/^undone:puttingBack$/, 25],
  [/^rule:(snov_wins|hubspot_wins|most_recent)$/, 40],
  [/^rule:promised$/, 5],
  [/^undo:allowed:put_back$/, 30],
  [/^undo:allowed:take_back$/, 4],
  [/^undo:cancelled:/, 4],
];

describe("the whole sync line under hostile schedules", () => {
  it("keeps every invariant in 300 runs", { timeout: 1_800_000 }, async () => {
    const failures: string[] = [];
    const totals = await simulateMany(server, {
      runs: 300,
      seed: 1,
      onRun: (result) => {
        if (result.violations.length) failures.push(explain(result, 60));
        return undefined;
      },
    });
    expect(failures.slice(0, 3)).toEqual([]);
    expect(totals).toMatchObject({ runs: 300, failures: 0 });
    // A simulation in which nothing goes wrong would prove nothing.
    expect(totals.crashes).toBeGreaterThan(200);
    expect(totals.faults).toBeGreaterThan(400);
    const deaths = Object.keys(totals.crashedAt);
    expect(whereAPageIsHalfDone.filter((point) => !deaths.some((one) => point.test(one)))).toEqual([]);
    const spared = Object.entries(totals.deathsDue).filter(
      ([point, due]) => due >= surelySeen && !totals.crashedAt[point],
    );
    expect(spared.map(([point, due]) => `nobody died at ${point}, where ${due} were to`)).toEqual([]);
    expect(Object.keys(totals.faultKinds).length).toBeGreaterThan(12);
    const blown = Object.entries(totals.visited).filter(([point]) => point.startsWith("fuse:"));
    expect(blown.length).toBeGreaterThan(3);
    const timesOf = (act: RegExp) =>
      Object.entries(totals.visited).reduce((sum, [name, times]) => sum + (act.test(name) ? times : 0), 0);
    const rare = whatPeopleDo.filter(([act, least]) => timesOf(act) < least);
    expect(rare.map(([act, least]) => `${act} ${timesOf(act)} times, not ${least}`)).toEqual([]);
  });
});

describe("a run of the simulation", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await openMachine(server);
  });
  afterAll(() => machine.close());

  it("is the same again with the same seed, whatever ran before", async () => {
    const first = await simulateRun(machine, 7);
    await simulateRun(machine, 8);
    const again = await simulateRun(machine, 7);
    expect(again.trace).toEqual(first.trace);
    expect(again.digest).toBe(first.digest);
  });
});
