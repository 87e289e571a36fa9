import { describe, expect, test } from "vitest";
import { type BudgetState, freeNumbers, shareSlots } from "@/connectors/hubspot/share-slots";
import type { Lane } from "@/db/schema/rates";

const idle: BudgetState = {
  slots: 110,
  windowMs: 10_000,
  pausedMs: 0,
  foreign: { calls: 0, ms: 0 },
  bulkRestMs: 0,
  bulkWantedMs: 0,
  held: [],
};
/** So many slots of a lane, one after another free from some moment on. */
const holding = (lane: Lane, count: number, from = 100, every = 90) =>
  Array.from({ length: count }, (_, at) => ({ lane, freeInMs: from + at * every }));
const share = (state: Partial<BudgetState>, live: number, bulk: number) =>
  shareSlots({ ...idle, ...state }, { live, bulk });

// Verifies: R-74
describe("how many calls go out", () => {
  test("never more than there are slots, whatever is wanted and held", () => {
    for (const held of [0, 50, 109, 110, 150])
      for (const foreign of [0, 30, 200])
        for (const [live, bulk] of [
          [500, 0],
          [0, 500],
          [500, 500],
        ] as const) {
          const state = { held: holding("live", held), foreign: { calls: foreign, ms: 5000 } };
          const { granted } = share(state, live, bulk);
          expect(granted.live + granted.bulk).toBeLessThanOrEqual(Math.max(0, 110 - held - foreign));
        }
  });

  test("none while HubSpot wants a pause, and those who wait look again at its end", () => {
    expect(share({ pausedMs: 400 }, 5, 5)).toMatchObject({ granted: { live: 0, bulk: 0 }, askAgainMs: 400 });
  });

  test("calls of somebody else take room until they are forgotten", () => {
    expect(share({ foreign: { calls: 100, ms: 1 } }, 50, 0).granted.live).toBe(10);
    expect(share({ foreign: { calls: 100, ms: 0 } }, 50, 0).granted.live).toBe(50);
  });

  test("those who wait ask again when the next slot is free, but at least every second", () => {
    expect(share({ held: holding("live", 110, 320) }, 1, 0).askAgainMs).toBe(320);
    expect(share({ held: holding("live", 110, 30_000) }, 1, 0).askAgainMs).toBe(1000);
    expect(share({}, 1, 0).askAgainMs).toBeNull();
  });

  test("even one slot serves both lanes", () => {
    for (const [live, bulk] of [
      [1, 0],
      [0, 1],
    ] as const) {
      const { granted } = share({ slots: 1 }, live, bulk);
      expect(granted).toEqual({ live, bulk });
    }
  });
});

// Verifies: R-53
describe("the two lanes", () => {
  test("live calls go first", () => {
    expect(share({ held: holding("live", 60) }, 50, 50).granted).toMatchObject({ live: 39 });
    const held = [...holding("live", 50), ...holding("bulk", 55)];
    expect(share({ held }, 5, 5).granted).toEqual({ live: 5, bulk: 0 });
  });

  test("bulk calls leave the last free slots to the live call that comes next", () => {
    const held = [...holding("live", 60), ...holding("bulk", 48)];
    expect(share({ held }, 0, 5).granted.bulk).toBe(0);
    expect(share({ held }, 2, 5).granted).toEqual({ live: 2, bulk: 0 });
    expect(share({ held: held.slice(1) }, 0, 5).granted.bulk).toBe(1);
  });

  test("bulk calls are spread over the window but for what they make up for, so that slots come back one by one", () => {
    let [state, sent, at] = [{ ...idle }, 0, 0];
    for (; at < 9000; at += 50) {
      const { granted, bulkRestMs } = shareSlots(state, { live: 0, bulk: 500 });
      sent += granted.bulk;
      // Half a second ahead of their pace at most: it is 110 in 9.5 s.
      expect(sent).toBeLessThanOrEqual(1 + ((at + 500) * 110) / 9500);
      if (at > 0) expect(granted.bulk).toBeLessThanOrEqual(1);
      const held = [...state.held, ...holding("bulk", granted.bulk, 10_100, 0)];
      state = {
        ...state,
        bulkRestMs: bulkRestMs - 50,
        held: held.map(({ lane, freeInMs }) => ({ lane, freeInMs: freeInMs - 50 })),
      };
    }
    expect(sent).toBeGreaterThan(100);
    expect(sent).toBeLessThanOrEqual(108);
  });

  test("bulk calls stop where no slot would be free within a second, after a burst of live calls", () => {
    const held = holding("live", 104, 8000, 0);
    expect(share({ held: [...held, ...holding("bulk", 11, 9000, 0)].slice(10) }, 0, 5).granted.bulk).toBe(0);
    const soon = holding("live", 94, 500, 0);
    expect(share({ held: [...soon, ...holding("bulk", 11, 9000, 0)] }, 0, 5).granted.bulk).toBe(3);
  });

  test("live calls leave bulk calls that wait a tenth, and all of it when none wait", () => {
    const held = holding("live", 99);
    expect(share({ held }, 20, 1).granted).toEqual({ live: 0, bulk: 1 });
    expect(share({ held, bulkWantedMs: 500 }, 20, 0).granted.live).toBe(0);
    expect(share({ held }, 20, 0).granted.live).toBe(11);
  });

  test("until bulk calls have their tenth, no reserve holds them back", () => {
    expect(share({ held: holding("live", 109) }, 0, 5).granted.bulk).toBe(1);
  });
});

test("slots are taken from the lowest number on that nobody holds", () => {
  expect(freeNumbers(new Set([0, 2, 3]), 3)).toEqual([1, 4, 5]);
});
