import type { Account } from "../account/account";
import { conflict, invalid } from "../http/api-error";
import { isReadOnly } from "../properties/property";
import { type Contact, isComputed, storedValue } from "./contact";
import { normaliseValue } from "./normalise-value";

interface Fault {
  name: string;
  code: string;
  message: string;
}

/**
 * Normalises what a caller wants to write, or throws for the whole write as HubSpot does:
 * one bad property refuses all of them.
 */
export function validateChanges(
  account: Account,
  contact: Contact | null,
  input: Record<string, string>,
): Record<string, string> {
  const faults: Fault[] = [];
  const changes: Record<string, string> = {};
  for (const [given, value] of Object.entries(input)) {
    const name = given.toLowerCase();
    const property = account.properties.get(name);
    if (!property) {
      faults.push({ name, code: "PROPERTY_DOESNT_EXIST", message: `Property "${given}" does not exist` });
      continue;
    }
    if (isReadOnly(property) || isComputed(name)) {
      faults.push({
        name,
        code: "READ_ONLY_VALUE",
        message: `"${name}" is a read only property; its value cannot be set.`,
      });
      continue;
    }
    const result =
      value.trim() === ""
        ? ({ ok: true, value: "" } as const)
        : normaliseValue(property, value, {
            current: (contact && storedValue(contact, name)) ?? "",
            ownerIds: () => account.owners().map((owner) => owner.id),
          });
    if (result.ok) changes[name] = result.value;
    else faults.push({ name, code: result.code, message: result.message });
  }
  if (faults.length > 0) throw propertyFaults(faults);
  checkUnique(account, contact, changes);
  return forwardOnly(account, contact, changes);
}

function propertyFaults(faults: Fault[]): Error {
  const embedded = faults.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    localizedErrorMessage: message,
  }));
  return invalid(`Property values were not valid: ${JSON.stringify(embedded)}`, {
    errors: faults.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } })),
  });
}

function checkUnique(account: Account, contact: Contact | null, changes: Record<string, string>): void {
  if (changes.email && account.contacts.isBlocked(changes.email))
    throw invalid(
      `The contact with email ${changes.email} was deleted for privacy reasons and cannot be added again`,
    );
  const owner = changes.email ? account.contacts.byEmail(changes.email) : undefined;
  if (owner && owner.id !== contact?.id) throw conflict(`Contact already exists. Existing ID: ${owner.id}`);
  for (const name of account.properties.uniqueNames()) {
    const holder = changes[name] ? account.contacts.byUnique(name, changes[name]) : undefined;
    if (!holder || holder.id === contact?.id) continue;
    const message = `${changes[name]} is already used by contact ${holder.id} for the unique property ${name}`;
    throw invalid(message, {
      errors: [
        {
          message,
          code: "CONFLICTING_UNIQUE_VALUE",
          context: { propertyName: [name], existingObjectId: [holder.id] },
        },
      ],
    });
  }
}

// HubSpot moves a contact forward only: an earlier stage is ignored without an error, unless the stage was cleared first.
function forwardOnly(
  account: Account,
  contact: Contact | null,
  changes: Record<string, string>,
): Record<string, string> {
  const { lifecyclestage: wanted, ...others } = changes;
  const current = contact?.properties.lifecyclestage;
  if (!wanted || !current) return changes;
  const stages = account.properties.get("lifecyclestage")?.options ?? [];
  const place = (stage: string) => stages.findIndex(({ value }) => value === stage);
  return place(wanted) >= place(current) ? changes : others;
}
