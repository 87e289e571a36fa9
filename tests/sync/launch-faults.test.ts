import { describe, expect, test } from "vitest";
import type { Direction } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import { launchFaults } from "@/sync/launch-faults";

const field = (
  side: "snov" | "hubspot",
  key: string,
  more: Partial<FieldDefinition> = {},
): FieldDefinition => ({
  side,
  key,
  label: key,
  type: "text",
  options: [],
  writable: true,
  custom: false,
  ...more,
});
const byKey = (...fields: FieldDefinition[]) => new Map(fields.map((one) => [one.key, one]));
const mapping = (snovField: string, hubspotProperty: string, direction: Direction = "both") => ({
  id: snovField,
  snovField,
  hubspotProperty,
  direction,
  locked: false,
  stoppedReason: null as string | null,
});
const none = { snov: null, hubspot: null };

describe("what keeps an integration from launching", () => {
  const fields = {
    snov: byKey(field("snov", "city"), field("snov", "seats", { type: "number" })),
    hubspot: byKey(field("hubspot", "town"), field("hubspot", "score", { writable: false })),
  };

  test("mappings that follow the rules hold nobody back", () => {
    expect(launchFaults("both", [mapping("city", "town")], fields, none)).toEqual([]);
  });

  test("a mapping whose fields no longer go together is named", () => {
    const mappings = [mapping("city", "town"), mapping("seats", "score"), mapping("gone", "nowhere")];
    expect(launchFaults("both", mappings, fields, none)).toEqual([
      { reason: "mapping_invalid", mappingId: "seats" },
      { reason: "mapping_invalid", mappingId: "gone" },
    ]);
  });

  test("a mapping of a constant's field is named", () => {
    expect(launchFaults("both", [mapping("city", "town")], fields, { snov: null, hubspot: "town" })).toEqual([
      { reason: "mapping_invalid", mappingId: "city" },
    ]);
  });

  test("a stopped mapping may wait, and a read-only property rests under the sync type", () => {
    const stopped = { ...mapping("gone", "nowhere"), stoppedReason: "hubspot_property_gone" };
    const email = { ...mapping("email", "email"), locked: true };
    const resting = mapping("city", "score", "to_snov");
    expect(launchFaults("to_hubspot", [email, stopped, resting], fields, none)).toEqual([]);
  });

  test("an integration in which nothing travels is refused", () => {
    const expected = [{ reason: "nothing_to_sync" }];
    expect(launchFaults("to_hubspot", [mapping("city", "town", "to_snov")], fields, none)).toEqual(expected);
    expect(launchFaults("both", [], fields, none)).toEqual(expected);
  });
});
