import { beforeEach, describe, expect, test } from "vitest";
import type { RateBudget } from "@/connectors/hubspot/rate-budget";
import type { CallKind, Lane } from "@/db/schema/rates";
import { localBudget } from "@/tests/support/local-budget";

let time: number;
let timers: { at: number; run: () => void }[];
let budget: RateBudget;
beforeEach(() => {
  time = 1_000_000;
  timers = [];
  budget = localBudget({
    now: () => time,
    after: (ms, run) => {
      const timer = { at: time + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    jitter: () => 0,
  });
});

/** Lets a time pass, with every timer at its moment. */
async function pass(ms: number): Promise<void> {
  const end = time + ms;
  for (;;) {
    await settle();
    const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers = timers.filter((timer) => timer !== next);
    time = Math.max(time, next.at);
    next.run();
  }
  time = end;
  await settle();
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** Calls made at once, each on its way for some time; gives when each was at HubSpot. */
function call(
  kind: CallKind,
  journey: (nr: number) => { there: number; back: number },
  calls: number,
  lane: Lane = "live",
) {
  const arrivals: { nr: number; at: number }[] = [];
  for (let nr = 0; nr < calls; nr++)
    void budget.take(kind, lane).then((release) => {
      const { there, back } = journey(nr);
      timers.push({ at: time + there, run: () => arrivals.push({ nr, at: time }) });
      timers.push({ at: time + there + back, run: release });
    });
  return arrivals;
}

function mostWithin(arrivals: { at: number }[], ms: number): number {
  return Math.max(...arrivals.map(({ at }) => arrivals.filter((b) => b.at >= at && b.at < at + ms).length));
}

// Verifies: R-74
describe("an account's budget", () => {
  const journeys = [
    (nr: number) => ({ there: 1, back: nr % 3 }),
    (nr: number) => ({ there: nr % 2 ? 900 : 5, back: 20 }),
    (nr: number) => ({ there: nr < 8 ? 1500 - 100 * nr : 1, back: 300 }),
  ];
  test.each(journeys)(
    "no ten seconds at HubSpot hold more than 110 calls, however long each is on its way",
    async (journey) => {
      const arrivals = call("general", journey, 180);
      await pass(40_000);
      expect(arrivals).toHaveLength(180);
      expect(mostWithin(arrivals, 10_000)).toBeLessThanOrEqual(110);
    },
  );

  test.each(journeys)("and no second more than 4 searches", async (journey) => {
    const arrivals = call("search", journey, 30);
    await pass(60_000);
    expect(arrivals).toHaveLength(30);
    expect(mostWithin(arrivals, 1000)).toBeLessThanOrEqual(4);
  });

  test("what is allowed goes out at once, and the rest in the order it came", async () => {
    const arrivals = call("general", () => ({ there: 0, back: 0 }), 150);
    await pass(0);
    expect(arrivals).toHaveLength(110);
    await pass(20_000);
    expect(arrivals.map(({ nr }) => nr)).toEqual(Array.from({ length: 150 }, (_, nr) => nr));
  });

  test("a pause that HubSpot asks for holds that kind of call, and that kind alone", async () => {
    await budget.pause("search", { ms: 5000, reason: "second" });
    const start = time;
    const searches = call("search", () => ({ there: 0, back: 0 }), 1);
    const calls = call("general", () => ({ there: 0, back: 0 }), 1);
    await pass(10_000);
    expect(searches[0]?.at).toBe(start + 5000);
    expect(calls[0]?.at).toBe(start);
  });

  test("a wait of minutes is refused with its length instead of being sat out", async () => {
    await budget.pause("general", { ms: 900_000, reason: "ten_seconds" });
    await expect(budget.take("general", "live")).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: 900_000,
    });
    time += 900_000;
    (await budget.take("general", "live"))();
  });

  test.each([
    ["day", "rate_limited"],
    ["unnamed", "rate_limited"],
    ["moving", "transient"],
    ["unreachable", "transient"],
    ["locked", "transient"],
  ] as const)("a pause for the reason %s is told as %s, with that reason", async (reason, kind) => {
    const pause = { ms: 900_000, reason };
    await budget.pause("general", pause);
    await expect(budget.take("general", "live")).rejects.toMatchObject({ kind, pause, status: undefined });
  });

  test("those who wait already are told too when a pause of minutes begins", async () => {
    call("search", () => ({ there: 0, back: 0 }), 4);
    await pass(0);
    const waiting = budget.take("search", "live");
    const told = expect(waiting).rejects.toMatchObject({ kind: "rate_limited", retryAfterMs: 900_000 });
    await budget.pause("search", { ms: 900_000, reason: "unnamed" });
    await told;
  });

  test("a queue that grows too long is refused, so that nothing waits without end", async () => {
    const trying = Array.from({ length: 400 }, () => budget.take("general", "live"));
    const refused = trying.map((taking) =>
      taking.then(
        (release) => release(),
        () => "refused",
      ),
    );
    await pass(60_000);
    expect((await Promise.all(refused)).filter((outcome) => outcome === "refused")).toHaveLength(180);
  });

  test("who is refused for a queue too long is told when a turn would have come, after a pause as well", async () => {
    const retries = async (count: number) => {
      const told: number[] = [];
      for (let nr = 0; nr < count; nr += 1)
        budget.take("general", "live").then(
          (release) => release(),
          ({ retryAfterMs }) => told.push(retryAfterMs),
        );
      await pass(0);
      return [...new Set(told)].sort((one, other) => one - other);
    };
    expect(await retries(400)).toEqual([20_000, 30_000]);
    await pass(60_000);
    await budget.pause("general", { ms: 5_000, reason: "ten_seconds" });
    expect(await retries(400)).toEqual([25_000, 35_000]);
  });
});
