import { z } from "zod";
import type { Account } from "../account/account";
import { checkValues, PropertyInput, withDefaults } from "./create-property";
import { type Property, sensitivities } from "./property";

/** What HubSpot's API lets an app change; whether values are unique is decided once and for all. */
export const PropertyUpdate = PropertyInput.omit({
  name: true,
  hasUniqueValue: true,
  dataSensitivity: true,
}).partial();
type PropertyUpdate = z.infer<typeof PropertyUpdate>;

/** What only people can change, in HubSpot's own pages or by paying for it. */
export const PropertyDecision = PropertyUpdate.omit({ type: true, fieldType: true }).extend({
  archived: z.boolean().optional(),
  readOnlyValue: z.boolean().optional(),
  readOnlyOptions: z.boolean().optional(),
  dataSensitivity: z.enum(sensitivities).optional(),
});
type PropertyDecision = z.infer<typeof PropertyDecision>;

export function changeProperty(account: Account, property: Property, update: PropertyUpdate): Property {
  const { options, ...changes } = update;
  return save(account, {
    ...property,
    ...given(changes),
    ...(options ? { options: withDefaults(options) } : {}),
  });
}

/** Values stay with the contacts, whatever happens to a definition: they come back with it. */
export function decideProperty(account: Account, property: Property, decision: PropertyDecision): Property {
  const { options, archived = property.archived, readOnlyValue, readOnlyOptions, ...changes } = decision;
  const { archivedAt, ...kept } = property;
  const at = new Date(account.now()).toISOString();
  return save(account, {
    ...kept,
    ...given(changes),
    ...(options ? { options: withDefaults(options) } : {}),
    archived,
    ...(archived ? { archivedAt: archivedAt ?? at } : {}),
    modificationMetadata: { ...property.modificationMetadata, ...given({ readOnlyValue, readOnlyOptions }) },
  });
}

function save(account: Account, property: Property): Property {
  // Owners come from the account, and HubSpot's own properties know types that nobody else can choose.
  if (!property.externalOptions && !property.hubspotDefined) checkValues(property);
  const saved = { ...property, updatedAt: new Date(account.now()).toISOString() };
  account.properties.save(saved);
  account.revision += 1;
  return saved;
}

function given<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
