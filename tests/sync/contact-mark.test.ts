import { describe, expect, it } from "vitest";
import { contactMark, faultOfMark, prospectNamed } from "@/sync/contact-mark";
import type { FieldDefinition } from "@/sync/field-definition";

const property: FieldDefinition = {
  side: "hubspot",
  key: contactMark.name,
  label: contactMark.label,
  type: "text",
  options: [],
  writable: true,
  custom: true,
  unique: true,
};
const id = "0b0e9a4e-3b0c-4c55-9d0f-0d9a2c6f7e11";

describe("the property that carries the ids of prospects", () => {
  it("is a text that can be written, and of which no two contacts have the same", () => {
    const { unique: _, ...shared } = property;
    expect(faultOfMark(property)).toBeNull();
    expect(faultOfMark(shared)).toBe("hubspot_property_not_unique");
    expect(faultOfMark({ ...property, type: "number" })).toBe("hubspot_property_type_changed");
    expect(faultOfMark({ ...property, writable: false })).toBe("hubspot_property_read_only");
  });

  it("names a prospect by its id, in any case of letters, and nobody by anything else", () => {
    expect(prospectNamed(id)).toBe(id);
    expect(prospectNamed(` ${id.toUpperCase()} `)).toBe(id);
    for (const other of [
      "",
      "nobody",
      `${id}0`,
      id.slice(1),
      id.replaceAll("-", ""),
      true,
      null,
      undefined,
      [id],
    ])
      expect(prospectNamed(other)).toBeNull();
  });
});
