import { describe, expect, it } from "vitest";
import { type FieldType, isEmpty, sameValue, type Value } from "@/sync/value";

describe("values are equal by meaning", () => {
  const alike: [FieldType, Value, Value][] = [
    ["number", "17", "17.0"],
    ["number", "017.50", "17.5"],
    ["number", "-0", "0"],
    ["number", "+3", "3"],
    ["number", "12345678901234567890.10", "12345678901234567890.1"],
    ["text", " Ana ", "Ana"],
    ["text", "", null],
    ["text", "   ", null],
    ["datetime", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000Z"],
    ["datetime", "2026-11-23T11:00:00+01:00", "2026-11-23T10:00:00Z"],
    ["choices", ["b", "a"], ["a", "b"]],
    ["choices", ["a", "a"], ["a"]],
    ["choices", [], null],
    ["boolean", true, "true"],
  ];
  it.each(alike)("%s: %j is %j", (type, a, b) => {
    expect(sameValue(type, a, b)).toBe(true);
    expect(sameValue(type, b, a)).toBe(true);
  });

  const different: [FieldType, Value, Value][] = [
    ["number", "17", "170"],
    ["number", "12345678901234567890", "12345678901234567891"],
    ["number", "-1", "1"],
    ["text", "Ana", "ana"],
    ["text", "17", "17.0"],
    ["date", "2026-11-23", "2026-11-24"],
    ["boolean", true, false],
    ["boolean", false, null],
    ["choices", ["a"], ["a", "b"]],
  ];
  it.each(different)("%s: %j is not %j", (type, a, b) => {
    expect(sameValue(type, a, b)).toBe(false);
    expect(sameValue(type, b, a)).toBe(false);
  });

  it("counts blank text and an empty selection as empty, and false as a value", () => {
    expect([null, undefined, "", "  ", []].every(isEmpty)).toBe(true);
    expect([false, "0", ["a"]].some(isEmpty)).toBe(false);
  });
});
