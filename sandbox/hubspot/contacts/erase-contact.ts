import type { Account } from "../account/account";
import { additionalEmails, type Contact } from "./contact";
import type { Source } from "./source";

/** A privacy deletion: permanent, and its addresses cannot come back. */
export function eraseContact(account: Account, contact: Contact, source: Source): void {
  const at = account.now();
  for (const email of [contact.properties.email, ...additionalEmails(contact)])
    if (email) account.contacts.block(email);
  account.contacts.remove(contact);
  account.lists.leaveAll(contact.id);
  account.emit({ kind: "privacyDeletion", objectId: contact.id, occurredAt: at, source });
  account.emit({ kind: "deletion", objectId: contact.id, occurredAt: at, source });
}
