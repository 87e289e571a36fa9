import { describe, expect, it } from "vitest";
import { givenAt, giverOf } from "@/sync/given";
import { clocksApartMs, type PastValue } from "@/sync/overwritten";
import { mapping } from "./planner-fixtures";

const title = mapping("title");
const ours = (value: string | null, at = 300): PastValue => ({ value, at, ours: true });
const theirs = (value: string | null, at = 200): PastValue => ({ value, at, ours: false });

describe("when the value that stands was given (Verifies: R-61)", () => {
  it("A value that was put back is as old as the person's, anything else as its last write", () => {
    expect(givenAt(title, [ours("CFO", 500), ours("CTO"), theirs("CFO")])).toBe(200);
    expect(givenAt(title, [ours("CTO"), theirs("CFO")])).toBe(300);
    expect(givenAt(title, [theirs("CFO"), ours("CTO", 100)])).toBe(200);
    expect(givenAt(title, [])).toBeUndefined();
  });
});

describe("who gave a side the value that was taken over from there (Verifies: R-78)", () => {
  const giver = (history: PastValue[], takenBy = 1000) => giverOf(title, history, { value: "CTO", takenBy });

  it("Is the last one before that who gave it, and never we", () => {
    const earlier = theirs("CTO", 700);
    expect(giver([ours("CTO", 900), theirs("CFO", 800), earlier, theirs("CTO", 100)])).toEqual(earlier);
    expect(giver([ours("CTO", 900)])).toBeNull();
  });

  it("Is found also where the side's clock is ahead of ours", () => {
    const ahead = theirs("CTO", 1000 + clocksApartMs);
    expect(giver([ahead, theirs("CFO", 800)])).toEqual(ahead);
    expect(giver([theirs("CTO", ahead.at + 1), theirs("CFO", 800)])).toBeNull();
  });

  it("Is nobody where it may have been one of two", () => {
    expect(giver([theirs("CTO", 1001), theirs("CFO", 800), theirs("CTO", 700)])).toBeNull();
    expect(giver([theirs("CTO", 1002), theirs("CFO", 1001), theirs("CTO", 1001)])).toBeNull();
  });

  it("Is who it was by our clock where what came later is certainly later", () => {
    const first = theirs("CTO", 700);
    expect(giver([theirs("CTO", 1001 + clocksApartMs), theirs("CFO", 800), first])).toEqual(first);
  });
});
