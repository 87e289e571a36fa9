import { expect, it } from "vitest";
import { absenceDelay, retryAfterDelay, retryDelay } from "@/inngest/runner/backoff";

it("waits between attempts as Inngest does, with up to 30 s of jitter", () => {
  const without = [0, 1, 2, 3, 9, 19].map((attempt) => retryDelay(attempt, () => 0) / 1000);
  expect(without).toEqual([15, 30, 60, 120, 7200, 7200]);
  expect(retryDelay(0, () => 0.5)).toBe(30_000);
});

it("keeps what a Retry-After header asks for between a second and a day", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  expect(retryAfterDelay("30", now)).toBe(30_000);
  expect(retryAfterDelay("2026-01-01T00:02:00Z", now)).toBe(120_000);
  expect(retryAfterDelay("0", now)).toBe(1000);
  expect(retryAfterDelay("9999999", now)).toBe(86_400_000);
  expect(retryAfterDelay(undefined, now)).toBeNull();
  expect(retryAfterDelay("later", now)).toBeNull();
});

it("asks an absent app again after 1, 2, 4, 8, 16 and then every 30 s", () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(absenceDelay)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});
