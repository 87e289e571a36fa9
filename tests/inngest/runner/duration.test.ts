import { expect, it } from "vitest";
import { endOfWait, parseDuration } from "@/inngest/runner/duration";

it("reads durations of one and of several units", () => {
  expect(parseDuration("10s")).toBe(10_000);
  expect(parseDuration("1h2s")).toBe(3_602_000);
  expect(parseDuration("2d 30m")).toBe(2 * 86_400_000 + 30 * 60_000);
  expect(parseDuration("1w")).toBe(7 * 86_400_000);
  expect(parseDuration("500ms")).toBe(500);
});

it("tells what is no duration", () => {
  for (const text of ["", "soon", "10", "10x", "s10", "2026-01-01"]) expect(parseDuration(text)).toBeNull();
});

it("ends a wait after a duration or at a date", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  expect(endOfWait("1m", now)).toEqual(new Date("2026-01-01T00:01:00Z"));
  expect(endOfWait("2026-02-01T00:00:00Z", now)).toEqual(new Date("2026-02-01T00:00:00Z"));
  expect(endOfWait("whenever", now)).toBeNull();
});
