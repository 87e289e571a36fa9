// A value that is there again is not the one that we wrote, where somebody has written it since.
import { describe, expect, it } from "vitest";
import type { PastValue } from "@/sync/overwritten";
import { isWrittenSince } from "@/sync/written-since";
import { mapping } from "./planner-fixtures";

const told = Date.UTC(2026, 0, 12, 9);
const ours = (value: string, minutes: number): PastValue => ({
  value,
  at: told + minutes * 60_000,
  ours: true,
});
const theirs = (value: string, minutes: number): PastValue => ({ ...ours(value, minutes), ours: false });
const isSince = (...history: PastValue[]) =>
  isWrittenSince(mapping("title"), "hubspot", { after: "CEO", told }, history);

// Verifies: R-78
describe("our write of a field", () => {
  it("is the last one where nothing, or only a write of ours, stands above it", () => {
    expect(isSince(ours("CEO", 0), theirs("CTO", -5))).toBe(false);
    expect(isSince(ours("CEO", 10), ours("CFO", 5), ours("CEO", 0), theirs("CTO", -5))).toBe(false);
  });

  it("is not the last one where a person has typed something else and the same again", () => {
    expect(isSince(theirs("CEO", 6), theirs("CFO", 5), ours("CEO", 0))).toBe(true);
  });

  it("is not the last one where a person has set the same value", () => {
    expect(isSince(theirs("CEO", 5), ours("CEO", 0))).toBe(true);
  });

  it("is not the last one where another write of ours brought the value back over a person's", () => {
    expect(isSince(ours("CEO", 60), theirs("CFO", 30), ours("CEO", 0))).toBe(true);
  });

  it("is no earlier one of the same value, over which a person had typed what it replaced", () => {
    expect(isSince(ours("CEO", 0), theirs("CFO", -1), ours("CEO", -2))).toBe(false);
  });

  it("is found also where the clocks differ, and where it was told long after it was sent", () => {
    expect(isSince(ours("CEO", 4), theirs("CTO", 3))).toBe(false);
    expect(isSince(theirs("CEO", -3), theirs("CFO", -4), ours("CEO", -5))).toBe(true);
    expect(isSince(ours("CEO", -120), theirs("CTO", -121))).toBe(false);
  });

  it("counts as written over where so much was written since that the history has lost it", () => {
    expect(isSince(theirs("CEO", 6), theirs("CFO", 5))).toBe(true);
  });

  it("counts as the last one where there is no history to tell", () => {
    expect(isSince()).toBe(false);
  });

  it("is known in the words of its side", () => {
    const choices = { snov: null, hubspot: { OPEN: "Open" } };
    const chosen = mapping("status", { type: "choice", choices });
    const write = { after: "OPEN", told };
    expect(isWrittenSince(chosen, "hubspot", write, [ours("Open", 0), theirs("New", -5)])).toBe(false);
    expect(isWrittenSince(chosen, "hubspot", write, [theirs("Open", 5), ours("Open", 0)])).toBe(true);
  });
});
