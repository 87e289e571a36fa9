import { describe, expect, it } from "vitest";
import { addToPace, inLastMinute, type Pace } from "@/lib/pace";

const start = Date.parse("2026-12-01T10:00:00Z");
const second = (seconds: number) => new Date(start + seconds * 1000);

describe("how many records were done within the last minute (Verifies: R-52)", () => {
  it("is their sum, and forgets what was done before", () => {
    let pace: Pace = [];
    for (let n = 0; n < 100; n += 1) pace = addToPace(pace, 10, second(n));
    expect(inLastMinute(pace, second(99))).toBe(600);
    expect(inLastMinute(pace, second(129))).toBe(300);
    expect(inLastMinute(pace, second(200))).toBe(0);
  });

  it("takes as much room however fast they are done", () => {
    let pace: Pace = [];
    for (let page = 0; page < 5_000; page += 1) pace = addToPace(pace, 100, second(page / 50));
    expect(pace.length).toBeLessThanOrEqual(30);
  });

  it("counts nothing where nothing was done, or a record has another turn", () => {
    expect(addToPace([], 0, second(0))).toEqual([]);
    expect(addToPace([], -3, second(0))).toEqual([]);
  });
});
