import { describe, expect, it } from "vitest";
import { afterOverwrite, overwrittenValue, type PastValue } from "@/sync/overwritten";
import type { Value } from "@/sync/value";
import { mapping } from "./planner-fixtures";

const title = mapping("title");
const theirs = (value: Value, at = 0): PastValue => ({ value, at, ours: false });
const ours = (value: Value, at = 0): PastValue => ({ value, at, ours: true });
const write = { seen: "CEO", sent: "CTO" };

// Verifies: R-73
describe("a write that hid what somebody wrote in the same moment", () => {
  it("is found by what lies right under it", () => {
    const history = [ours("CTO"), theirs("CFO", 7), theirs("CEO")];
    expect(overwrittenValue(title, history, write)).toEqual(theirs("CFO", 7));
  });

  it("is found under later edits too", () => {
    const history = [theirs("CIO"), ours(" CTO "), theirs("CFO"), theirs("CEO")];
    expect(overwrittenValue(title, history, write)).toEqual(theirs("CFO"));
  });

  it.each([
    ["nothing but what was read lies under it", [ours("CTO"), theirs("CEO ")]],
    ["our own earlier write lies under it", [ours("CTO"), ours("COO"), theirs("CEO")]],
    ["nothing lies under it", [ours("CTO")]],
    ["it has not arrived", [theirs("CFO"), theirs("CEO")]],
  ])("did not happen where %s", (_, history) => {
    expect(overwrittenValue(title, history, write)).toBeNull();
  });
});

describe("what was hidden", () => {
  const found = { base: "CEO", sent: "CTO", sentChangedAt: 5, lost: theirs("CFO", 9) };

  it("is put back where people are asked", () => {
    expect(afterOverwrite(title, "hubspot", found)).toEqual({ kind: "put_back" });
  });

  it("is put back where it is the more recent change, and stands back where it is the older one", () => {
    const recent = { ...title, policy: "most_recent" as const };
    expect(afterOverwrite(recent, "hubspot", found)).toEqual({ kind: "put_back" });
    expect(afterOverwrite(recent, "hubspot", { ...found, sentChangedAt: 10 })).toEqual({
      kind: "stands",
      why: "policy",
    });
  });

  it("stands back where the direction would have replaced it", () => {
    const outward = { ...title, writable: { snov: false, hubspot: true } };
    expect(afterOverwrite(outward, "hubspot", found)).toEqual({ kind: "stands", why: "source" });
  });

  it("stands back where it says the same as what was sent, or as what both sides had agreed on", () => {
    expect(afterOverwrite(title, "hubspot", { ...found, lost: theirs("CTO ") })).toMatchObject({
      kind: "stands",
    });
    expect(afterOverwrite(title, "hubspot", { ...found, lost: theirs("CEO") })).toEqual({
      kind: "stands",
      why: "changed",
    });
  });
});
