import { describe, expect, it } from "vitest";
import { perMinute, timeLeft } from "@/components/transfers/time-left";
import { noPreview } from "@/services/transfers/preview-counts";

const minuteMs = 60_000;
const preview = { ...noPreview, create: { snov: 1_000_000, hubspot: 0 } };

describe("the time a transfer still takes (Verifies: R-52)", () => {
  it("is not known in the first seconds, and while nothing moves", () => {
    expect(timeLeft({ left: 1000, lastMinute: 300, runningMs: 9_000, preview })).toEqual({ unit: "unknown" });
    expect(timeLeft({ left: 1000, lastMinute: 0, runningMs: 5 * minuteMs, preview })).toEqual({
      unit: "unknown",
    });
  });

  it("goes by the speed of the last minute, or of the part of a minute there has been", () => {
    expect(timeLeft({ left: 3000, lastMinute: 1000, runningMs: 10 * minuteMs, preview })).toEqual({
      unit: "minutes",
      count: 3,
    });
    expect(timeLeft({ left: 3000, lastMinute: 500, runningMs: minuteMs / 2, preview })).toEqual({
      unit: "minutes",
      count: 3,
    });
    expect(perMinute({ lastMinute: 500, runningMs: minuteMs / 2 })).toBe(1000);
  });

  it("grows coarser the longer it is, and ends in words that promise nothing", () => {
    const at = (minutes: number) =>
      timeLeft({ left: minutes * 100, lastMinute: 100, runningMs: 2 * minuteMs, preview });
    expect(at(0)).toEqual({ unit: "moment" });
    expect(at(0.5)).toEqual({ unit: "moment" });
    expect(at(89)).toEqual({ unit: "minutes", count: 89 });
    expect(at(90)).toEqual({ unit: "hours", count: 2 });
    expect(at(24 * 60)).toEqual({ unit: "hours", count: 24 });
    expect(at(24 * 60 + 1)).toEqual({ unit: "days" });
  });

  it("gives kinds that need more of HubSpot's calls the time that its limit makes them take", () => {
    const mixed = { ...noPreview, create: { snov: 20_000, hubspot: 0 }, update: 20_000 };
    // Contacts came in at the limit, a call for a hundred of them; an update takes four.
    const fast = { lastMinute: 66_000, runningMs: minuteMs, preview: mixed };
    expect(timeLeft({ left: 20_000, ...fast })).toEqual({ unit: "minutes", count: 1 });
    expect(timeLeft({ left: 19_800, ...fast, preview: { ...mixed, update: 0 } })).toEqual({ unit: "moment" });
    const large = { ...noPreview, create: { snov: 100_000, hubspot: 100_000 }, update: 100_000 };
    expect(timeLeft({ left: 300_000, ...fast, preview: large })).toEqual({ unit: "minutes", count: 11 });
    expect(timeLeft({ left: 100_000, ...fast, preview: large })).toEqual({ unit: "minutes", count: 6 });
    // Where something else is slower than the limit, all take as long.
    expect(timeLeft({ left: 20_000, ...fast, lastMinute: 10_000 })).toEqual({ unit: "minutes", count: 2 });
  });

  it("goes by the limit that HubSpot gives this account, where it is known", () => {
    const updates = { ...noPreview, update: 66_000 };
    const at = { left: 66_000, lastMinute: 66_000, runningMs: minuteMs, preview: updates };
    expect(timeLeft(at)).toEqual({ unit: "minutes", count: 4 });
    expect(timeLeft({ ...at, limit: { allowed: 220, windowMs: 10_000 } })).toEqual({
      unit: "minutes",
      count: 2,
    });
  });

  it("takes equal pairs that are to be linked for what they are, after the new records", () => {
    const linking = { ...noPreview, create: { snov: 0, hubspot: 66_000 }, equal: 66_000, toLink: 66_000 };
    const at = { lastMinute: 66_000, runningMs: minuteMs, preview: linking };
    expect(timeLeft({ left: 66_000, ...at })).toEqual({ unit: "minutes", count: 1 });
    expect(timeLeft({ left: 132_000, ...at })).toEqual({ unit: "minutes", count: 3 });
  });

  it("counts what an undo puts back and removes", () => {
    const undo = { records: 16_500, fields: 20_000, takeBack: { snov: 0, hubspot: 33_000 }, kept: {} };
    const of = { ...noPreview, undo };
    expect(timeLeft({ left: 49_500, lastMinute: 66_000, runningMs: minuteMs, preview: of })).toEqual({
      unit: "minutes",
      count: 2,
    });
  });
});
