// A percentile read from buckets is never too low, and at most a tenth too high.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latencyAt, latencyBucket } from "@/lib/latency-buckets";

const countsOf = (times: number[]) => times.map((ms) => ({ bucket: latencyBucket(ms), changes: 1 }));

describe("percentiles from buckets", () => {
  it("are those of the times themselves, rounded up by less than a tenth", () => {
    const times = fc.array(fc.integer({ min: 1, max: 30 * 24 * 3_600_000 }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95), (all, share) => {
        const exact = [...all].sort((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? Number.NaN;
        const read = latencyAt(share, countsOf(all)) ?? Number.NaN;
        expect(read).toBeGreaterThanOrEqual(exact * 0.999_999);
        expect(read).toBeLessThan(exact * 1.1);
      }),
    );
  });

  it("add up over hours in any order, and are nothing without changes", () => {
    const slow = countsOf([4000, 4000]);
    const fast = countsOf([100, 100, 100]);
    expect(latencyAt(0.95, [...slow, ...fast])).toBe(latencyAt(0.95, [...fast, ...slow]));
    expect(latencyAt(0.5, [...slow, ...fast])).toBeLessThan(110);
    expect(latencyAt(0.5, [])).toBeNull();
  });
});
