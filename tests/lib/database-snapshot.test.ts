// A snapshot says what had been committed when something was read, whatever any clock said.
import { describe, expect, it } from "vitest";
import { earliestSnapshot, readSnapshot } from "@/lib/database-snapshot";

describe("a snapshot", () => {
  it.each(["10:10:", "10:20:10", "10:20:10,14,15", "9999999999999999999:9999999999999999999:"])(
    "is what Postgres writes: %s",
    (text) => {
      expect(readSnapshot(text)).not.toBeNull();
    },
  );

  it.each([
    "",
    "10",
    "10:20",
    "0:20:",
    "20:10:",
    "10:20:9",
    "10:20:20",
    "10:20:15,14",
    "10:20:14,14",
    "10:20:,",
    "10:20:14,",
    " 10:20:",
    "-1:20:",
    "10:20:x",
    "10:99999999999999999999:",
    "2026-01-01T00:00:00Z",
  ])("is not what Postgres would refuse or read otherwise: %j", (text) => {
    expect(readSnapshot(text)).toBeNull();
  });
});

describe("of several", () => {
  it("the earliest is the one in which the fewest had ended", () => {
    expect(earliestSnapshot(["10:30:", "9:9:", "10:20:"])).toBe("9:9:");
    expect(earliestSnapshot(["100:101:", "99:100:"])).toBe("99:100:");
  });

  it("that count as far, the earliest is the one in which more were still running", () => {
    expect(earliestSnapshot(["12:20:12", "10:20:10,12", "20:20:"])).toBe("10:20:10,12");
  });

  it("there may be none", () => {
    expect(earliestSnapshot([])).toBeUndefined();
  });
});
