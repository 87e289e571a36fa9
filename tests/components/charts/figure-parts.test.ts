import { describe, expect, it } from "vitest";
import { highestOf, roundTop } from "@/components/charts/figure-parts";

describe("the scale of a chart", () => {
  it("ends at the next 1, 2 or 5 with zeros", () => {
    const tops = [0, 1, 2, 3, 5, 6, 11, 20, 21, 4_999, 50_001].map(roundTop);
    expect(tops).toEqual([1, 1, 2, 5, 5, 10, 20, 20, 50, 5_000, 100_000]);
  });

  it("is that of the highest column, with what is unknown left out", () => {
    expect(highestOf([[1, 2], null, [2, 5], []])).toBe(7);
    expect(highestOf([null])).toBe(0);
  });
});
