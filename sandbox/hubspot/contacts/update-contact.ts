import type { Account } from "../account/account";
import { applyChanges } from "./apply-changes";
import type { Contact } from "./contact";
import { emitChanges } from "./emit-changes";
import type { Source } from "./source";
import { validateChanges } from "./validate-changes";

export function updateContact(
  account: Account,
  current: Contact,
  input: Record<string, string>,
  source: Source,
): Contact {
  const { contact, changed } = applyChanges(
    current,
    validateChanges(account, current, input),
    account.after(current.updatedAt),
    source,
  );
  if (changed.length === 0) return current;
  account.contacts.save(contact);
  account.lists.refresh(contact, contact.updatedAt);
  emitChanges(account, contact, changed, contact.updatedAt, source);
  return contact;
}
