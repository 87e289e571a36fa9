import { describe, expect, test } from "vitest";
import { Property, toFieldDefinition } from "@/connectors/hubspot/property-definition";

const property = (more: object) =>
  toFieldDefinition(Property.parse({ name: "p", label: "P", type: "string", fieldType: "text", ...more }));

// Verifies: R-34
describe("a property as a field", () => {
  const types: [string, string, string | undefined][] = [
    ["string", "text", "text"],
    ["string", "textarea", "text"],
    ["string", "phonenumber", "text"],
    ["string", "file", undefined],
    ["phone_number", "text", "text"],
    ["number", "number", "number"],
    ["date", "date", "date"],
    ["datetime", "date", "datetime"],
    ["bool", "booleancheckbox", "boolean"],
    ["enumeration", "booleancheckbox", "boolean"],
    ["enumeration", "select", "choice"],
    ["enumeration", "radio", "choice"],
    ["enumeration", "checkbox", "choices"],
    ["object_coordinates", "text", undefined],
    ["json", "text", undefined],
    ["something_new", "text", undefined],
  ];
  test.each(types)("%s shown as %s is %s", (type, fieldType, expected) => {
    expect(property({ type, fieldType })?.type).toBe(expected);
  });

  test("is writable unless calculated or protected", () => {
    expect(property({})?.writable).toBe(true);
    expect(property({ calculated: true })?.writable).toBe(false);
    expect(property({ modificationMetadata: { readOnlyValue: true } })?.writable).toBe(false);
    expect(property({ modificationMetadata: { readOnlyValue: false } })?.writable).toBe(true);
  });

  test("is custom unless HubSpot made it", () => {
    expect(property({})?.custom).toBe(true);
    expect(property({ hubspotDefined: true })?.custom).toBe(false);
  });

  test("is known as hidden, and no less written, where HubSpot hides it", () => {
    expect(property({ hidden: true })).toMatchObject({ writable: true, hidden: true });
    expect(property({ hidden: false })).not.toHaveProperty("hidden");
  });

  test("is known as unique where no two contacts may have the same value", () => {
    expect(property({ hasUniqueValue: true })).toMatchObject({ unique: true });
    expect(property({ hasUniqueValue: false })).not.toHaveProperty("unique");
  });

  test("is not offered when archived, or filled from elsewhere", () => {
    expect(property({ archived: true })).toBeUndefined();
    expect(property({ type: "enumeration", fieldType: "select", externalOptions: true })).toBeUndefined();
  });

  test("has its options, and those that HubSpot hides as hidden, where its type has options", () => {
    const options = [
      { value: "a", label: "A", hidden: false },
      { value: "b", label: "B", hidden: true },
    ];
    expect(property({ type: "enumeration", fieldType: "select", options })?.options).toEqual([
      { value: "a", label: "A" },
      { value: "b", label: "B", hidden: true },
    ]);
    expect(property({ type: "bool", fieldType: "booleancheckbox", options })?.options).toEqual([]);
  });
});
