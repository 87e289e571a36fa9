import { beforeEach, describe, expect, test } from "vitest";
import { type CallKind, localBudget, type RateBudget } from "@/connectors/hubspot/rate-budget";

let clock: number;
let budget: RateBudget;
beforeEach(() => {
  clock = 1_000_000;
  // Nobody waits: the time of departure is what counts.
  budget = localBudget(
    () => clock,
    async (ms) => void waits.push(ms),
  );
});
let waits: number[] = [];

async function departures(kind: CallKind, calls: number, everyMs: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < calls; i++) {
    waits = [];
    await budget.take(kind);
    times.push(clock + (waits[0] ?? 0));
    clock += everyMs;
  }
  return times;
}

function mostWithin(times: number[], ms: number): number {
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + ms).length));
}

// Verifies: R-74
describe("an account's budget", () => {
  test("no ten seconds hold more than 100 calls, and no second more than 4 searches", async () => {
    expect(mostWithin(await departures("general", 200, 10), 10_000)).toBe(100);
    expect(mostWithin(await departures("search", 30, 50), 1000)).toBe(4);
  });

  test("calls leave in the order they came", async () => {
    const times = await departures("general", 150, 3);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("a pause that HubSpot asks for holds that kind of call, and that kind alone", async () => {
    budget.pause("search", 5000);
    expect(await departures("search", 1, 0)).toEqual([clock + 5000]);
    expect(await departures("general", 1, 0)).toEqual([clock]);
  });

  test("a wait of minutes is refused with its length instead of being sat out", async () => {
    budget.pause("general", 900_000);
    await expect(budget.take("general")).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: 900_000,
    });
    clock += 900_000;
    await budget.take("general");
  });

  test("a queue that grows too long is refused, so that nothing waits without end", async () => {
    const results = await Promise.allSettled(Array.from({ length: 400 }, () => budget.take("general")));
    const refused = results.filter(({ status }) => status === "rejected").length;
    expect(refused).toBe(200);
  });
});
