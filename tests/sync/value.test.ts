import { describe, expect, it } from "vitest";
import { type FieldType, isEmpty, sameValue, type Value } from "@/sync/value";

describe("values are equal by meaning", () => {
  const alike: [FieldType, Value, Value][] = [
    ["number", "17", "17.0"],
    ["number", "017.50", "17.5"],
    ["number", "-0", "0"],
    ["number", "+3", "3"],
    ["number", "0017", "17"],
    ["number", "17.", "17"],
    ["number", ".5", "0.5"],
    ["number", "1.500", "1.5"],
    ["number", "-0.0", "0"],
    ["number", "12345678901234567890.10", "12345678901234567890.1"],
    ["number", "0.12345678901234567891", "0.12345678901234568"],
    ["number", "-17.00000000000000000001", "-17"],
    ["text", " Ana ", "Ana"],
    ["text", "", null],
    ["text", "   ", null],
    ["datetime", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000Z"],
    ["datetime", "1795428000000", "2026-11-23T10:00:00Z"],
    ["date", "2026-11-23", "2026-11-23T00:00:00.000Z"],
    ["date", "1795392000000", "2026-11-23"],
    ["datetime", "2026-11-23T11:00:00+01:00", "2026-11-23T10:00:00Z"],
    ["datetime", "2026-11-23T10:00", "2026-11-23T10:00:00Z"],
    ["choices", ["b", "a"], ["a", "b"]],
    ["choices", ["a", "a"], ["a"]],
    ["choices", "a", ["a"]],
    ["choices", [], null],
    ["boolean", true, "true"],
    ["boolean", true, " TRUE "],
  ];
  it.each(alike)("%s: %j is %j", (type, a, b) => {
    expect(sameValue(type, a, b)).toBe(true);
    expect(sameValue(type, b, a)).toBe(true);
  });

  const different: [FieldType, Value, Value | undefined][] = [
    ["number", "17", "170"],
    ["number", "12345678901234567890", "12345678901234567891"],
    ["number", "-1", "1"],
    ["number", "-1", "-2"],
    ["number", "1001", "11"],
    ["number", "1.05", "1.5"],
    ["number", "0.1234567890123456", "0.1234567890123457"],
    ["number", "12345678901234567890.1", "12345678901234567890.2"],
    ["number", "1.5", "2.5"],
    ["number", "about 17", "17"],
    ["number", "17 kg", "17"],
    ["number", "-", "0"],
    ["number", "0", null],
    ["text", "Ana", "ana"],
    ["text", "17", "17.0"],
    ["text", "null", null],
    ["text", "undefined", undefined],
    ["date", "2026-11-23", "2026-11-24"],
    ["date", "2026-02-30", "2026-03-02"],
    ["datetime", "2026-11-23T10:00:00Z", "2026-11-23T10:00:01Z"],
    ["datetime", "soon", "later"],
    ["datetime", "12", "2001-12-01T00:00:00Z"],
    ["date", "2026-11-23", "2026-11-23T12:00:00Z"],
    ["boolean", true, false],
    ["boolean", false, null],
    ["choices", ["a"], ["a", "b"]],
    ["choices", "a", "b"],
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
