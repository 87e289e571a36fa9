import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { refreshBeforeMs, refreshWaitMs } from "@/services/connections/refresh-time";

const minute = 60_000;

// Verifies: R-11
test("a thousand connections are renewed evenly between ten and five minutes before their end, each at its own time", () => {
  const slots = Array(10).fill(0);
  for (let nr = 0; nr < 1000; nr++) {
    const id = randomUUID();
    const before = refreshBeforeMs(id);
    expect(before).toBeGreaterThanOrEqual(5 * minute);
    expect(before).toBeLessThan(10 * minute);
    expect(refreshBeforeMs(id)).toBe(before);
    slots[Math.floor((before - 5 * minute) / (minute / 2))]++;
  }
  // A hundred each on average; fifty is five deviations away.
  expect(Math.min(...slots)).toBeGreaterThan(50);
});

// Verifies: R-11
test("after each failure the token service is left alone for twice as long, for five minutes at most unless it asks for more", () => {
  const atOnce = "00000000-0000-4000-8000-000000000000";
  const waits = [1, 2, 3, 8, 9, 40].map((failures) => refreshWaitMs(atOnce, failures));
  expect(waits).toEqual([2_000, 4_000, 8_000, 256_000, 5 * minute, 5 * minute]);
  expect(refreshWaitMs(atOnce, 1, 60_000)).toBe(60_000);
  expect(refreshWaitMs(atOnce, 40, 3_600_000)).toBe(60 * minute);
});

test("no two connections come back at once, and none before it may", () => {
  const waits = Array.from({ length: 100 }, () => refreshWaitMs(randomUUID(), 1, 60_000));
  expect(new Set(waits).size).toBe(100);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(60_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(75_000);
});

test("a long wait that is asked for grows by little more than a minute: nobody stands still for hours once it is over", () => {
  const day = 24 * 60 * minute;
  const waits = Array.from({ length: 100 }, () => refreshWaitMs(randomUUID(), 1, day) - day);
  expect(new Set(waits).size).toBe(100);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...waits)).toBeLessThanOrEqual(75_000);
});
