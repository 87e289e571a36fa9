// Every integration is compared once a day at a minute of its own, and a day on which nothing ran is made up for.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isComparisonDue, minuteOfDay } from "@/services/reconcile/comparison-time";

const id = "6b8f3f0a-0000-4000-8000-000000000001";
const minute = 60_000;
const at = (day: number, offset: number) =>
  new Date(Date.UTC(2026, 0, day) + (minuteOfDay(id) + offset) * minute);

describe("the daily comparison (Verifies: R-72)", () => {
  it("is due once, from its minute of the day on", () => {
    expect(isComparisonDue(id, at(1, 0), at(2, -1))).toBe(false);
    expect(isComparisonDue(id, at(1, 0), at(2, 0))).toBe(true);
    expect(isComparisonDue(id, at(2, 3), at(2, 10))).toBe(false);
  });

  it("is made up for when nothing ran at its minute", () => {
    expect(isComparisonDue(id, at(1, 0), at(2, 700))).toBe(true);
    expect(isComparisonDue(id, at(1, 0), at(9, 1))).toBe(true);
  });

  it("is spread over the day", () => {
    const hours = new Set(
      Array.from({ length: 500 }, () => Math.floor(minuteOfDay(randomUUID()) / 60)).filter(
        (hour) => hour >= 0 && hour < 24,
      ),
    );
    expect(hours.size).toBe(24);
  });
});
