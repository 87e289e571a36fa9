import { expect, test } from "vitest";
import { normaliseValue } from "../../sandbox/hubspot/contacts/normalise-value";
import { defaultProperties } from "../../sandbox/hubspot/seed/default-properties";

const properties = new Map(defaultProperties().map((property) => [property.name, property]));

function normalise(name: string, value: string, current = "") {
  const property = properties.get(name);
  if (!property) throw new Error(`No property ${name}`);
  const result = normaliseValue(property, value, { current, ownerIds: () => ["7"] });
  return result.ok ? result.value : result.code;
}

test.each([
  ["email", " Ana@Example.COM ", "ana@example.com"],
  ["email", "nonsense", "INVALID_EMAIL"],
  ["email", "a@b", "INVALID_EMAIL"],
  ["team_size", "12.50", "12.5"],
  ["team_size", "many", "INVALID_INTEGER"],
  ["renewal_date", "2026-02-28", "2026-02-28"],
  ["renewal_date", "2026-02-30", "INVALID_DATE"],
  ["renewal_date", "1772236800000", "2026-02-28"],
  ["renewal_date", "1772236800001", "INVALID_DATE"],
  ["last_meeting_at", "2026-02-28T10:00:00+01:00", "2026-02-28T09:00:00.000Z"],
  ["last_meeting_at", "1772236800000", "2026-02-28T00:00:00.000Z"],
  ["last_meeting_at", "soon", "INVALID_DATE"],
  ["newsletter", "TRUE", "true"],
  ["newsletter", "maybe", "INVALID_OPTION"],
  ["account_tier", "tier_1", "tier_1"],
  ["account_tier", "Strategic", "INVALID_OPTION"],
  ["interests", "training;analytics", "training;analytics"],
  ["interests", "training;golf", "INVALID_OPTION"],
  ["hubspot_owner_id", "7", "7"],
  ["hubspot_owner_id", "8", "INVALID_OPTION"],
])("%s takes %j as %j", (name, given, expected) => {
  expect(normalise(name, given)).toBe(expected);
});

test("a leading semicolon adds to the choices that are there", () => {
  expect(normalise("interests", ";training", "analytics")).toBe("analytics;training");
});
