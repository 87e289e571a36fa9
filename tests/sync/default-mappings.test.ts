import { describe, expect, it } from "vitest";
import { defaultMappings, defaultMappingsFor } from "@/sync/default-mappings";
import type { FieldDefinition } from "@/sync/field-definition";
import { snovFieldKeys } from "@/sync/snov-fields";

// Verifies: R-33
describe("the mappings that are there from the start", () => {
  it("pair every standard field of a prospect, in order, with HubSpot's own property of that meaning", () => {
    expect(defaultMappings.map(({ snovField }) => snovField)).toEqual([...snovFieldKeys]);
    expect(Object.fromEntries(defaultMappings.map((row) => [row.snovField, row.hubspotProperty]))).toEqual({
      first_name: "firstname",
      last_name: "lastname",
      email: "email",
      job_title: "jobtitle",
      company: "company",
      website: "website",
      phone: "phone",
      country: "country",
      city: "city",
      industry: "industry",
      linkedin_url: "hs_linkedin_url",
    });
  });

  it("lock the full name and the e-mail, and nothing else", () => {
    const locked = defaultMappings.filter((row) => row.locked).map(({ snovField }) => snovField);
    expect(locked).toEqual(["first_name", "last_name", "email"]);
  });

  it("leave out what the account lacks or holds as another type, but never the locked ones", () => {
    const properties = [property("city"), property("phone", "number"), property("origin")];
    const kept = defaultMappingsFor(properties).map(({ snovField }) => snovField);
    expect(kept).toEqual(["first_name", "last_name", "email", "city"]);
  });
});

function property(key: string, type: FieldDefinition["type"] = "text"): FieldDefinition {
  return { side: "hubspot", key, label: key, type, options: [], writable: true, custom: false };
}
