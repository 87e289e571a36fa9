import type { FieldDefinition } from "./field-definition";

export type DefaultMapping = { snovField: string; hubspotProperty: string; locked: boolean };

/** Present from the start. The full name is one locked row to people and two mappings to the engine. */
export const defaultMappings: DefaultMapping[] = [
  { snovField: "first_name", hubspotProperty: "firstname", locked: true },
  { snovField: "last_name", hubspotProperty: "lastname", locked: true },
  { snovField: "email", hubspotProperty: "email", locked: true },
  { snovField: "job_title", hubspotProperty: "jobtitle", locked: false },
  { snovField: "company", hubspotProperty: "company", locked: false },
  { snovField: "website", hubspotProperty: "website", locked: false },
  { snovField: "phone", hubspotProperty: "phone", locked: false },
  { snovField: "country", hubspotProperty: "country", locked: false },
  { snovField: "city", hubspotProperty: "city", locked: false },
  { snovField: "industry", hubspotProperty: "industry", locked: false },
  { snovField: "linkedin_url", hubspotProperty: "hs_linkedin_url", locked: false },
];

/** The defaults this account can hold: an account may lack a property or have made it another type. */
export function defaultMappingsFor(properties: FieldDefinition[]): DefaultMapping[] {
  const texts = new Set(
    properties.filter(({ type, hidden }) => type === "text" && !hidden).map(({ key }) => key),
  );
  return defaultMappings.filter(({ locked, hubspotProperty }) => locked || texts.has(hubspotProperty));
}
