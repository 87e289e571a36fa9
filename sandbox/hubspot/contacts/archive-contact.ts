import type { Account } from "../account/account";
import { conflict, invalid } from "../http/api-error";
import { additionalEmails, type Contact } from "./contact";
import type { Source } from "./source";

/** Into the recycle bin; repeating it changes nothing. */
export function archiveContact(account: Account, id: string, source: Source): void {
  const contact = account.contacts.live(id);
  if (!contact) return;
  const at = account.now();
  const archived = { ...contact, archivedAt: at };
  account.contacts.save(archived);
  account.lists.leaveAll(contact.id);
  account.emit({ kind: "deletion", objectId: contact.id, occurredAt: at, source });
}

/** Only people restore; HubSpot's API cannot. What a live contact owns by now, it keeps: the restore is refused. */
export function restoreContact(account: Account, contact: Contact, source: Source): Contact {
  if (contact.archivedAt === undefined) return contact;
  refuseSecondOwner(account, contact);
  const at = account.after(contact.updatedAt);
  const { archivedAt: _, ...rest } = contact;
  const restored = { ...rest, updatedAt: at };
  account.contacts.save(restored);
  account.lists.refresh(restored, at);
  account.emit({ kind: "restore", objectId: contact.id, occurredAt: at, source });
  return restored;
}

function refuseSecondOwner(account: Account, contact: Contact): void {
  for (const email of [contact.properties.email ?? "", ...additionalEmails(contact)]) {
    if (account.contacts.isBlocked(email))
      throw invalid(`The email ${email} was deleted for privacy reasons and cannot be added again`);
    const holder = account.contacts.byEmail(email);
    if (holder) throw conflict(`Contact already exists. Existing ID: ${holder.id}`);
  }
  for (const name of account.properties.uniqueNames()) {
    const holder = account.contacts.byUnique(name, contact.properties[name] ?? "");
    if (holder) throw conflict(`Contact ${holder.id} has the same value of the unique property ${name}`);
  }
}
