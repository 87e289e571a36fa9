import { describe, expect, it } from "vitest";
import { perMinute, timeLeft } from "@/components/transfers/time-left";

const minuteMs = 60_000;

describe("the time a transfer still takes (Verifies: R-52)", () => {
  it("is not known in the first seconds, and while nothing moves", () => {
    expect(timeLeft({ left: 1000, lastMinute: 300, runningMs: 9_000 })).toEqual({ unit: "unknown" });
    expect(timeLeft({ left: 1000, lastMinute: 0, runningMs: 5 * minuteMs })).toEqual({ unit: "unknown" });
  });

  it("goes by the speed of the last minute, or of the part of a minute there has been", () => {
    expect(timeLeft({ left: 3000, lastMinute: 1000, runningMs: 10 * minuteMs })).toEqual({
      unit: "minutes",
      count: 3,
    });
    expect(timeLeft({ left: 3000, lastMinute: 500, runningMs: minuteMs / 2 })).toEqual({
      unit: "minutes",
      count: 3,
    });
    expect(perMinute({ lastMinute: 500, runningMs: minuteMs / 2 })).toBe(1000);
  });

  it("grows coarser the longer it is, and ends in words that promise nothing", () => {
    const at = (minutes: number) =>
      timeLeft({ left: minutes * 100, lastMinute: 100, runningMs: 2 * minuteMs });
    expect(at(0)).toEqual({ unit: "moment" });
    expect(at(0.5)).toEqual({ unit: "moment" });
    expect(at(89)).toEqual({ unit: "minutes", count: 89 });
    expect(at(90)).toEqual({ unit: "hours", count: 2 });
    expect(at(24 * 60)).toEqual({ unit: "hours", count: 24 });
    expect(at(24 * 60 + 1)).toEqual({ unit: "days" });
  });
});
