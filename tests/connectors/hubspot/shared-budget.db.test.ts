import { randomUUID } from "node:crypto";
import { setTimeout as journey } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LimitReport } from "@/connectors/hubspot/limit-report";
import { sharedBudget } from "@/connectors/hubspot/postgres-slots";
import type { RateBudget } from "@/connectors/hubspot/rate-budget";
import { openDatabase } from "@/db/client";
import { type CallKind, type Lane, rateBudgets, rateSlots } from "@/db/schema/rates";
import { createTestDatabase } from "@/tests/support/test-database";
import { untilTrue } from "@/tests/support/until-true";

const WINDOW = 1000;
const limits = {
  general: { maxCalls: 40, windowMs: WINDOW, spare: 0 },
  search: { maxCalls: 5, windowMs: WINDOW, spare: 1 },
};

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pools: ReturnType<typeof openDatabase>[];
let account: string;
/** Two processes, as far as the database can tell. */
let first: RateBudget;
let second: RateBudget;
beforeAll(async () => {
  database = await createTestDatabase();
  pools = [openDatabase(database.url, { max: 4 }), openDatabase(database.url, { max: 4 })];
});
afterAll(async () => {
  await Promise.all(pools.map(({ close }) => close()));
  await database.drop();
});
beforeEach(() => {
  account = randomUUID();
  first = open(0);
  second = open(1);
});

function open(pool: number, name = account): RateBudget {
  const { db } = pools[pool] ?? {};
  if (!db) throw new Error("no such pool");
  return sharedBudget(db, name, { limits, longestCallMs: 200, standstillMs: 300 });
}

/** `overtaken`: how many bulk calls arrived while it waited. */
type Arrival = { at: number; waited: number; overtaken: number; lane: Lane };

/** Calls that HubSpot sees some time after they were let out; it counts them when they arrive. */
async function call(
  budget: RateBudget,
  arrivals: Arrival[],
  {
    kind = "general" as CallKind,
    lane = "live" as Lane,
    there = 2,
    back = 2,
    report = (): LimitReport | undefined => undefined,
  } = {},
): Promise<void> {
  const [asked, before] = [performance.now(), arrivals.length];
  const release = await budget.take(kind, lane);
  const waited = performance.now() - asked;
  const overtaken = arrivals.slice(before).filter((other) => other.lane === "bulk").length;
  await journey(there);
  arrivals.push({ at: performance.now(), waited, overtaken, lane });
  const seen = report();
  await journey(back);
  release(seen);
}

const many = (count: number, act: (nr: number) => Promise<void>) =>
  Promise.all(Array.from({ length: count }, (_, nr) => act(nr)));

/** Calls one after another, from several places at once, until somebody says stop. */
function keepCalling(budget: RateBudget, arrivals: Arrival[], lane: Lane, places: number) {
  let stopped = false;
  const done = many(places, async () => {
    while (!stopped) await call(budget, arrivals, { lane });
  });
  return async () => {
    stopped = true;
    await done;
  };
}

/** HubSpot's own count: the most calls that any window of its length holds. */
function mostWithin(arrivals: Arrival[], ms: number): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));
}

const db = () => pools[0]?.db as NonNullable<(typeof pools)[number]>["db"];
const stored = async () =>
  (await db().select().from(rateBudgets).where(eq(rateBudgets.account, account))).find(
    ({ kind }) => kind === "general",
  );

// Verifies: R-74
describe("one budget for all processes", () => {
  test("two processes together never make more calls in a window than HubSpot allows, and nearly as many", async () => {
    const arrivals: Arrival[] = [];
    const begun = performance.now();
    await many(80, (nr) =>
      call(nr % 2 ? first : second, arrivals, { there: (nr * 7) % 40, back: (nr * 3) % 15 }),
    );
    expect(arrivals).toHaveLength(80);
    expect(mostWithin(arrivals, WINDOW)).toBeLessThanOrEqual(40);
    expect(performance.now() - begun).toBeLessThan(4 * WINDOW);
  });

  test("and never more searches than are left to us", async () => {
    const arrivals: Arrival[] = [];
    await many(12, (nr) => call(nr % 2 ? first : second, arrivals, { kind: "search", there: nr % 5 }));
    expect(arrivals).toHaveLength(12);
    expect(mostWithin(arrivals, WINDOW)).toBeLessThanOrEqual(4);
  });

  test("another account has a limit of its own", async () => {
    const [own, others]: [Arrival[], Arrival[]] = [[], []];
    const other = open(1, randomUUID());
    await many(40, () => call(first, own));
    await many(40, () => call(other, others));
    expect(Math.max(...others.map(({ waited }) => waited))).toBeLessThan(WINDOW / 2);
  });

  test("the slots of a process that died come back when its longest call would be over and forgotten", async () => {
    await many(40, async () => void (await first.take("general", "live")));
    const arrivals: Arrival[] = [];
    await call(second, arrivals);
    expect(arrivals[0]?.waited).toBeGreaterThan(200 + WINDOW);
    expect(arrivals[0]?.waited).toBeLessThan(200 + 300 + WINDOW + 1000);
  });

  test("a holder who comes back late does not free the slot of its successor", async () => {
    const release = await first.take("general", "live");
    await db()
      .update(rateSlots)
      .set({ freeAt: new Date(0) })
      .where(eq(rateSlots.account, account));
    await second.take("general", "live");
    release();
    const other = await first.take("search", "live");
    other();
    await untilTrue(async () => {
      const slots = await db().select().from(rateSlots).where(eq(rateSlots.account, account));
      const [search] = slots.filter(({ kind }) => kind === "search");
      const [general] = slots.filter(({ kind }) => kind === "general");
      return (search?.freeAt ?? 0) < (general?.freeAt ?? 0);
    });
  });
});

// Verifies: R-74
describe("what HubSpot says about the limit", () => {
  test("a pause that one process was asked for is obeyed by the other, for that kind of call", async () => {
    await first.pause("general", { ms: 700, reason: "ten_seconds" });
    const [calls, searches]: [Arrival[], Arrival[]] = [[], []];
    await Promise.all([call(second, calls), call(second, searches, { kind: "search" })]);
    expect(calls[0]?.waited).toBeGreaterThan(500);
    expect(searches[0]?.waited).toBeLessThan(500);
  });

  test("a shorter pause does not end a longer one, and a day's limit stops every kind", async () => {
    await first.pause("search", { ms: 900_000, reason: "day" });
    await first.pause("general", { ms: 10, reason: "locked" });
    for (const kind of ["general", "search"] as const) {
      const refusal = await second.take(kind, "live").catch((error: unknown) => error);
      expect(refusal).toMatchObject({ kind: "rate_limited" });
      expect((refusal as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(890_000);
    }
  });

  test("a smaller limit holds for all processes as soon as one has read it", async () => {
    const before: Arrival[] = [];
    await call(first, before, { report: () => ({ maxCalls: 6, windowMs: WINDOW, remaining: 5 }) });
    await untilTrue(async () => (await stored())?.maxCalls === 6);
    const arrivals: Arrival[] = [...before];
    await many(14, () => call(second, arrivals));
    expect(mostWithin(arrivals, WINDOW)).toBeLessThanOrEqual(6);
  });

  test("a larger one too", async () => {
    await call(first, [], { report: () => ({ maxCalls: 90, windowMs: WINDOW, remaining: 89 }) });
    await untilTrue(async () => (await stored())?.maxCalls === 90);
    const arrivals: Arrival[] = [];
    await many(85, () => call(second, arrivals));
    expect(mostWithin(arrivals, WINDOW)).toBeGreaterThan(80);
  });

  test("calls of somebody else under the same limit take from ours until they are forgotten", async () => {
    await call(first, [], { report: () => ({ maxCalls: 40, windowMs: WINDOW, remaining: 9 }) });
    await untilTrue(async () => (await stored())?.foreignCalls === 30);
    const arrivals: Arrival[] = [];
    await many(20, () => call(second, arrivals));
    expect(arrivals.filter(({ waited }) => waited < WINDOW / 2)).toHaveLength(9);
    expect(arrivals).toHaveLength(20);
  });

  test("our own calls are not taken for somebody else's", async () => {
    const arrivals: Arrival[] = [];
    const report = (maxCalls: number) => ({
      report: () => ({ maxCalls, windowMs: WINDOW, remaining: maxCalls - arrivals.length }),
    });
    await many(30, (nr) => call(nr % 2 ? first : second, arrivals, report(40)));
    // What a process learns it learns in order: after these two, all that came before is known.
    for (const [budget, maxCalls] of [
      [first, 41],
      [second, 42],
    ] as const) {
      await call(budget, arrivals, report(maxCalls));
      await untilTrue(async () => (await stored())?.maxCalls === maxCalls);
    }
    expect(await stored()).toMatchObject({ foreignCalls: 0 });
  });
});

// Verifies: R-53
describe("two lanes", () => {
  test("a live call finds a slot at once while bulk calls of two processes use all they can", async () => {
    const arrivals: Arrival[] = [];
    const stops = [keepCalling(first, arrivals, "bulk", 8), keepCalling(second, arrivals, "bulk", 8)];
    await untilTrue(async () => arrivals.length > 60);
    const from = arrivals.length;
    const third = open(0);
    for (let nr = 0; nr < 25; nr += 1) await call(third, arrivals, { there: 20, back: 20 });
    await untilTrue(async () => arrivals.length > from + 90);
    await Promise.all(stops.map((stop) => stop()));
    const live = arrivals.filter(({ lane }) => lane === "live");
    // Sixteen bulk calls wait at any time: in one line with them, a live call would let as many pass.
    const overtaken = live.reduce((sum, call) => sum + call.overtaken, 0) / live.length;
    expect(overtaken).toBeLessThan(5);
    expect(mostWithin(arrivals, WINDOW)).toBeLessThanOrEqual(40);
  });

  test("bulk calls get their share while live calls never end", async () => {
    const arrivals: Arrival[] = [];
    const stops = [keepCalling(first, arrivals, "live", 30), keepCalling(second, arrivals, "live", 30)];
    await untilTrue(async () => arrivals.length > 60);
    const from = arrivals.length;
    stops.push(keepCalling(second, arrivals, "bulk", 3));
    await untilTrue(async () => arrivals.length > from + 120);
    await Promise.all(stops.map((stop) => stop()));
    const since = arrivals.slice(from, from + 120);
    expect(since.filter(({ lane }) => lane === "bulk").length).toBeGreaterThanOrEqual(6);
    expect(mostWithin(arrivals, WINDOW)).toBeLessThanOrEqual(40);
  });
});
