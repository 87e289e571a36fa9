import type { Account } from "../account/account";
import { invalid } from "../http/api-error";
import { type Contact, encodeSource } from "./contact";
import { emitChanges } from "./emit-changes";
import type { Source } from "./source";
import { validateChanges } from "./validate-changes";

export function createContact(account: Account, input: Record<string, string>, source: Source): Contact {
  const values = validateChanges(account, null, input);
  if (!values.email && !values.firstname && !values.lastname)
    throw invalid("A contact needs at least one of: email, firstname, lastname");
  const at = account.now();
  const properties = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const contact: Contact = {
    id: account.contacts.nextId(),
    properties,
    history: {},
    createdAt: at,
    updatedAt: at,
    source: encodeSource(source),
  };
  account.contacts.save(contact);
  account.lists.refresh(contact, at);
  account.emit({ kind: "creation", objectId: contact.id, occurredAt: at, source });
  emitChanges(account, contact, Object.keys(properties), at, source);
  return contact;
}
