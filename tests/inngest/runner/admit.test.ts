import { describe, expect, it } from "vitest";
import { admit, type Candidate } from "@/inngest/runner/admit";

const job = (id: number, ...slots: [string, number][]): Candidate => ({
  id,
  concurrencyKeys: slots.map(([key]) => key),
  concurrencyLimits: slots.map(([, limit]) => limit),
});

describe("admit", () => {
  it("takes the oldest jobs, up to the free places", () => {
    expect(admit([job(1), job(2), job(3)], new Map(), 2)).toEqual([1, 2]);
    expect(admit([job(1)], new Map(), 0)).toEqual([]);
  });

  it("counts what is held and what it takes itself against a key's limit", () => {
    const jobs = [job(1, ["a", 2]), job(2, ["a", 2]), job(3, ["b", 1]), job(4, ["a", 2])];
    expect(admit(jobs, new Map([["a", 1]]), 9)).toEqual([1, 3]);
  });

  it("takes no room in a key for a job that must wait for another key", () => {
    const jobs = [job(1, ["full", 1], ["shared", 1]), job(2, ["shared", 1])];
    expect(admit(jobs, new Map([["full", 1]]), 9)).toEqual([2]);
  });
});
