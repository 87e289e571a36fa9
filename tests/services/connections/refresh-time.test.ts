import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { refreshBeforeMs } from "@/services/connections/refresh-time";

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
