import { describe, expect, it } from "vitest";
import type { FieldDefinition } from "@/sync/field-definition";
import {
  allowedDirections,
  effectiveDirection,
  type FieldsInUse,
  faultOfMapping,
  offeredConstantFields,
  offeredHubspotProperties,
  offeredSnovFields,
} from "@/sync/mapping-rules";
import { fieldTypes } from "@/sync/value";

const free: FieldsInUse = { mappings: [], constants: { snov: null, hubspot: null } };
const properties = fieldTypes.flatMap((type) => [
  hubspot(`own_${type}`, type),
  hubspot(`calculated_${type}`, type, { writable: false }),
]);

describe("fields that may be paired", () => {
  // Verifies: R-33
  it("never offers a property of another type", () => {
    for (const type of fieldTypes) {
      const offered = offeredHubspotProperties(properties, snov("field", type), "both", free);
      expect(offered.map((property) => property.key)).toEqual([`own_${type}`, `calculated_${type}`]);
    }
  });

  // Verifies: R-33
  it("offers each field once on either side, and a constant's field not at all", () => {
    const fields = [snov("company"), snov("city"), snov("custom:1")];
    const inUse: FieldsInUse = {
      mappings: [{ id: "m1", snovField: "company", hubspotProperty: "own_text" }],
      constants: { snov: "custom:1", hubspot: "calculated_text" },
    };
    expect(offeredSnovFields(fields, inUse).map(({ key }) => key)).toEqual(["city"]);
    expect(offeredHubspotProperties(properties, snov("city"), "both", inUse)).toEqual([]);
  });

  it("frees a mapping's own fields while it is being replaced", () => {
    const inUse: FieldsInUse = {
      mappings: [{ id: "m1", snovField: "company", hubspotProperty: "own_text" }],
      constants: free.constants,
      replacing: "m1",
    };
    expect(offeredSnovFields([snov("company")], inUse)).toHaveLength(1);
    expect(offeredHubspotProperties(properties, snov("city"), "to_hubspot", inUse)).toHaveLength(1);
  });

  // Verifies: R-34
  it("offers what HubSpot calculates only where data may come to Snov.io, and only that way", () => {
    const calculated = hubspot("score", "number", { writable: false });
    expect(offeredHubspotProperties([calculated], snov("n", "number"), "to_hubspot", free)).toEqual([]);
    expect(offeredHubspotProperties([calculated], snov("n", "number"), "to_snov", free)).toHaveLength(1);
    expect(allowedDirections("both", calculated)).toEqual(["to_snov"]);
    expect(effectiveDirection("both", "both", calculated)).toBe("to_snov");
    expect(effectiveDirection("to_hubspot", "both", calculated)).toBeNull();
  });

  // Verifies: R-33
  it("offers what HubSpot hides only to the mapping or the constant that has it already", () => {
    const hidden = hubspot("legacy", "text", { hidden: true });
    const has = { id: "m1", snovField: "company", hubspotProperty: "legacy" };
    expect(offeredHubspotProperties([hidden], snov("city"), "both", free)).toEqual([]);
    expect(
      offeredHubspotProperties([hidden], snov("city"), "both", { ...free, mappings: [has], replacing: "m1" }),
    ).toEqual([hidden]);
    expect(offeredConstantFields([hidden], [])).toEqual([]);
    expect(offeredConstantFields([hidden], [], "legacy")).toEqual([hidden]);
  });

  // Verifies: R-36
  it("never allows a direction wider than the sync type", () => {
    const own = hubspot("own", "text");
    expect(allowedDirections("both", own)).toEqual(["both", "to_hubspot", "to_snov"]);
    expect(allowedDirections("to_hubspot", own)).toEqual(["to_hubspot"]);
    expect(effectiveDirection("both", "both", own)).toBe("both");
    expect(effectiveDirection("to_snov", "both", own)).toBe("to_snov");
    expect(effectiveDirection("to_snov", "to_hubspot", own)).toBeNull();
    expect(effectiveDirection("both", "to_hubspot", own)).toBe("to_hubspot");
  });

  it("offers as constants only custom fields that can be written and are not mapped", () => {
    const fields = [
      hubspot("firstname", "text", { custom: false }),
      hubspot("score", "number", { writable: false }),
      hubspot("mapped", "text"),
      hubspot("origin", "text"),
    ];
    const mappings = [{ id: "m", snovField: "company", hubspotProperty: "mapped" }];
    expect(offeredConstantFields(fields, mappings).map(({ key }) => key)).toEqual(["origin"]);
    const own = [snov("company"), snov("custom:1"), snov("custom:2")];
    const taken = [{ id: "m", snovField: "custom:1", hubspotProperty: "mapped" }];
    expect(offeredConstantFields(own, taken).map(({ key }) => key)).toEqual(["custom:2"]);
  });
});

describe("the fault of a wanted pair", () => {
  const inUse: FieldsInUse = {
    mappings: [{ id: "m1", snovField: "company", hubspotProperty: "company" }],
    constants: { snov: "custom:c", hubspot: "origin" },
  };
  const cases: [string, Parameters<typeof faultOfMapping>[0], ReturnType<typeof faultOfMapping>][] = [
    ["two free fields of one type", { snov: snov("city"), hubspot: hubspot("city") }, null],
    ["a field that is gone", { snov: undefined, hubspot: hubspot("city") }, "field_unknown"],
    ["two types", { snov: snov("city"), hubspot: hubspot("n", "number") }, "types_differ"],
    ["a mapped field", { snov: snov("company"), hubspot: hubspot("city") }, "field_already_mapped"],
    ["a mapped property", { snov: snov("city"), hubspot: hubspot("company") }, "field_already_mapped"],
    ["a constant's property", { snov: snov("city"), hubspot: hubspot("origin") }, "field_is_constant"],
    ["a constant's field", { snov: snov("custom:c"), hubspot: hubspot("city") }, "field_is_constant"],
    [
      "writing what HubSpot calculates",
      { snov: snov("city"), hubspot: hubspot("x", "text", { writable: false }), direction: "both" },
      "property_read_only",
    ],
    [
      "only towards HubSpot, what HubSpot calculates",
      { snov: snov("city"), hubspot: hubspot("x", "text", { writable: false }) },
      "property_read_only",
    ],
    [
      "only towards HubSpot, another way",
      { snov: snov("city"), hubspot: hubspot("city"), direction: "to_snov" },
      "direction_too_wide",
    ],
  ];
  it.each(cases)("%s", (name, wanted, fault) => {
    const syncType = name.startsWith("only towards HubSpot") ? "to_hubspot" : "both";
    expect(faultOfMapping(wanted, syncType, inUse)).toBe(fault);
  });
});

function snov(key: string, type: FieldDefinition["type"] = "text"): FieldDefinition {
  return {
    side: "snov",
    key,
    label: key,
    type,
    options: [],
    writable: true,
    custom: key.startsWith("custom"),
  };
}

function hubspot(
  key: string,
  type: FieldDefinition["type"] = "text",
  more: Partial<FieldDefinition> = {},
): FieldDefinition {
  return { side: "hubspot", key, label: key, type, options: [], writable: true, custom: true, ...more };
}
