import { expect, test } from "vitest";
import { propertyName } from "@/services/properties/property-name";

test.each([
  ["Team size", "team_size"],
  ["Próxima reunião!", "proxima_reuniao"],
  ["2nd phone", "field_2nd_phone"],
  ["名前", "field"],
  [" _x_ ", "x"],
  ["HS Score", "field_hs_score"],
  ["HS", "field_hs"],
  ["HSE audit", "hse_audit"],
])("%s becomes %s", (label, name) => {
  expect(propertyName(label, new Set())).toBe(name);
});

test("a name that is taken gets a number", () => {
  expect(propertyName("Region", new Set(["region", "region_2"]))).toBe("region_3");
});
