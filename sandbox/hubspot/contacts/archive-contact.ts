import type { Account } from "../account/account";
import { conflict } from "../http/api-error";
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

/** Only people restore; HubSpot's API cannot. */
export function restoreContact(account: Account, contact: Contact, source: Source): Contact {
  if (contact.archivedAt === undefined) return contact;
  for (const email of [contact.properties.email ?? "", ...additionalEmails(contact)]) {
    const holder = account.contacts.byEmail(email);
    if (holder) throw conflict(`Contact already exists. Existing ID: ${holder.id}`);
  }
  const at = account.now();
  const { archivedAt: _, ...rest } = contact;
  const restored = { ...rest, updatedAt: at };
  account.contacts.save(restored);
  account.lists.refresh(restored, at);
  account.emit({ kind: "restore", objectId: contact.id, occurredAt: at, source });
  return restored;
}
