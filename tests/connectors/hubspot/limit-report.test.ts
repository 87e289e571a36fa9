import { expect, test } from "vitest";
import { readLimit } from "@/connectors/hubspot/limit-report";

const read = (max?: string, remaining?: string, interval?: string) =>
  readLimit(
    new Headers({
      ...(max === undefined ? {} : { "x-hubspot-ratelimit-max": max }),
      ...(remaining === undefined ? {} : { "x-hubspot-ratelimit-remaining": remaining }),
      ...(interval === undefined ? {} : { "x-hubspot-ratelimit-interval-milliseconds": interval }),
    }),
  );

// Verifies: R-74
test("the limit is read from an answer's headers", () => {
  expect(read("190", "12", "10000")).toEqual({ maxCalls: 190, remaining: 12, windowMs: 10_000 });
});

test.each([
  [undefined, undefined, undefined],
  ["110", undefined, "10000"],
  ["0", "0", "10000"],
  ["110", "111", "10000"],
  ["110", "5", "0"],
  ["many", "5", "10000"],
  ["110", " ", "10000"],
])("%s, %s left in %s ms tells nothing", (...headers) => {
  expect(read(...headers)).toBeNull();
});
