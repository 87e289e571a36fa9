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

describe("the whole sync line under hostile schedules", () => {
  it("keeps every invariant in 300 runs", { timeout: 900_000 }, async () => {
    const failures: string[] = [];
    const totals = await simulateMany(server, {
      runs: 300,
      seed: 1,
      onRun: (result) => {
        if (result.violations.length) failures.push(explain(result, 60));
      },
    });
    expect(failures.slice(0, 3)).toEqual([]);
    expect(totals).toMatchObject({ runs: 300, failures: 0 });
    // A simulation in which nothing goes wrong would prove nothing.
    expect(totals.crashes).toBeGreaterThan(200);
    expect(totals.faults).toBeGreaterThan(400);
    const deaths = Object.keys(totals.crashedAt);
    expect(whereAPageIsHalfDone.filter((point) => !deaths.some((one) => point.test(one)))).toEqual([]);
    expect(Object.keys(totals.faultKinds).length).toBeGreaterThan(12);
    const blown = Object.entries(totals.visited).filter(([point]) => point.startsWith("fuse:"));
    expect(blown.length).toBeGreaterThan(3);
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
