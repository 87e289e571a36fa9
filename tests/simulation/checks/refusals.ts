import type { Value } from "@/sync/value";
import type { MappedField } from "../settings";
import { asHubspotValue, blank } from "../values";
import type { World } from "../world";
import type { FinalState } from "./final-state";

/** Why HubSpot would not take this value of a prospect for that contact today: it has no such choice, or somebody else has the value. */
export function refusalOf(
  world: World,
  { contacts }: FinalState,
  field: MappedField,
  snov: Value,
  contactId: string,
): "no such choice" | "taken" | undefined {
  const shared = asHubspotValue(field, snov);
  if (blank(snov) || shared === undefined) return undefined;
  if (field.type === "choice" && !isOffered(world, field, shared)) return "no such choice";
  const holder = [...contacts.values()].find(
    ({ id, live, properties }) =>
      live &&
      id !== contactId &&
      properties[field.hubspot]?.toLowerCase() === String(shared).trim().toLowerCase(),
  );
  return field.unique && holder ? "taken" : undefined;
}

/** The prospect's choice is paired with one that HubSpot has lost: what it is there nobody can tell, so that it stays. */
export function hasLostChoice(world: World, field: MappedField, snov: Value): boolean {
  const shared = asHubspotValue(field, snov);
  return field.type === "choice" && !blank(snov) && shared !== undefined && !isOffered(world, field, shared);
}

/** HubSpot's property has this choice today. */
export function isOffered({ account }: World, field: MappedField, choice: Value): boolean {
  const { options = [] } = account.properties.all().find(({ name }) => name === field.hubspot) ?? {};
  return options.some(({ value }) => value === choice);
}
