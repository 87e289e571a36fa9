import { describe, expect, test } from "vitest";
import { fromWire, toWire } from "@/connectors/hubspot/mapper";
import type { FieldType, Value } from "@/sync/value";

// Verifies: R-34
describe("what HubSpot sends", () => {
  const cases: [FieldType, string | null, Value][] = [
    ["text", "  as typed ", "  as typed "],
    ["text", "", null],
    ["text", "   ", null],
    ["text", null, null],
    ["number", "17", "17"],
    ["number", "-0.50", "-0.50"],
    ["number", "12345678901234567890.123", "12345678901234567890.123"],
    ["number", "1.5E7", "15000000"],
    ["number", "1.25e-3", "0.00125"],
    ["number", "-1.234567890123E9", "-1234567890.123"],
    ["number", "9e0", "9"],
    ["number", "many", "many"],
    ["date", "2026-03-09", "2026-03-09"],
    ["date", "1773014400000", "2026-03-09"],
    ["date", "2026-03-09T00:00:00.000Z", "2026-03-09"],
    ["date", "-86400000", "1969-12-31"],
    ["date", "0", "1970-01-01"],
    ["date", "next week", "next week"],
    ["date", "253402300800000", "253402300800000"],
    ["datetime", "2026-03-09T10:20:30Z", "2026-03-09T10:20:30.000Z"],
    ["datetime", "1773051630000", "2026-03-09T10:20:30.000Z"],
    ["datetime", "2026-03-09T07:20:30-03:00", "2026-03-09T10:20:30.000Z"],
    ["boolean", "true", true],
    ["boolean", "FALSE", false],
    ["boolean", "maybe", "maybe"],
    ["choice", "tier_1", "tier_1"],
    ["choices", "b;a;", ["b", "a"]],
    ["choices", ";a", ["a"]],
    ["choices", "", null],
  ];
  test.each(cases)("%s %j is read as %j", (type, raw, value) => {
    expect(fromWire(type, raw)).toEqual(value);
  });

  test("a property that was left out is empty", () => {
    expect(fromWire("text", undefined)).toBeNull();
  });
});

describe("what HubSpot gets", () => {
  const cases: [FieldType, Value, string][] = [
    ["text", " as typed ", " as typed "],
    ["text", null, ""],
    ["number", " 17.5 ", "17.5"],
    ["date", "2026-03-09", "2026-03-09"],
    ["datetime", "2026-03-09T10:20:30.000Z", "2026-03-09T10:20:30.000Z"],
    ["boolean", true, "true"],
    ["boolean", false, "false"],
    ["choice", "tier_1", "tier_1"],
    ["choices", ["a", "b"], "a;b"],
    ["choices", [], ""],
  ];
  test.each(cases)("%s %j is sent as %j", (type, value, wire) => {
    expect(toWire(type, value)).toBe(wire);
  });

  test.each(cases)("%s %j comes back as the same value", (type, value) => {
    const empty = value === null || (Array.isArray(value) && !value.length);
    const expected = empty ? null : type === "number" ? String(value).trim() : value;
    expect(fromWire(type, toWire(type, value))).toEqual(expected);
  });
});
