import { expect, it } from "vitest";
import { lastDigestTime, nextDigestTime } from "@/services/mail/digest-time";

it.each([
  ["2026-03-10T07:04:59.999Z", "2026-03-09T07:00:00.000Z"],
  ["2026-03-10T07:05:00.000Z", "2026-03-10T07:00:00.000Z"],
  ["2026-03-10T23:59:59.000Z", "2026-03-10T07:00:00.000Z"],
  ["2026-03-11T00:00:00.000Z", "2026-03-10T07:00:00.000Z"],
])("at %s the last daily e-mail tells what was so until %s", (now, until) => {
  expect(lastDigestTime(new Date(now), 7).toISOString()).toBe(until);
});

it("takes five minutes also across midnight", () => {
  expect(lastDigestTime(new Date("2026-03-10T00:04:00Z"), 0).toISOString()).toBe("2026-03-09T00:00:00.000Z");
  expect(nextDigestTime(new Date("2026-03-10T00:04:00Z"), 0).toISOString()).toBe("2026-03-10T00:00:00.000Z");
});
