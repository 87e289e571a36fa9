import { expect, it } from "vitest";
import { lastSlot } from "@/inngest/runner/cron-slot";

it("reads schedules in their time zone, and a slot is due in its own second", () => {
  const at = (text: string) => new Date(text);
  expect(lastSlot("TZ=America/Sao_Paulo 0 3 * * *", at("2030-01-02T07:00:00Z"))).toEqual(
    at("2030-01-02T06:00:00Z"),
  );
  expect(lastSlot("*/5 * * * *", at("2030-01-02T07:05:00.000Z"))).toEqual(at("2030-01-02T07:05:00Z"));
  expect(lastSlot("*/5 * * * *", at("2030-01-02T07:04:59.999Z"))).toEqual(at("2030-01-02T07:00:00Z"));
});
