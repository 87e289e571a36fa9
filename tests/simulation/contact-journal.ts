import type { Account } from "@/sandbox/hubspot/account/account";
import type { Contact } from "@/sandbox/hubspot/contacts/contact";
import { clock } from "./machine/clock";

export type ContactChange = {
  at: number;
  /** `app` for writes of ours, else who it was. */
  by: string;
  contactId: string;
  kind: "created" | "edited" | "archived" | "restored" | "vanished";
  /** Property → value before and after. */
  properties: Record<string, { was: string; is: string }>;
};

/** What happened to the account's contacts, seen from outside of every program: one entry per contact and act. */
export function openContactJournal(account: Account) {
  const known = new Map<string, Contact>();
  const changes: ContactChange[] = [];
  return {
    changes,
    /** Every contact that ever was. */
    ids: () => [...new Set(changes.map(({ contactId }) => contactId))],
    /** Called after every act of anybody on the account. */
    note(by: string): void {
      const present = new Map<string, Contact>();
      for (const archived of [false, true])
        for (const contact of account.contacts.from(0, archived)) present.set(contact.id, contact);
      for (const [id, contact] of present) {
        const before = known.get(id);
        if (before === contact) continue;
        known.set(id, contact);
        changes.push({ at: clock.now ?? 0, by, contactId: id, ...difference(before, contact) });
      }
      for (const [id, contact] of known) {
        if (present.has(id)) continue;
        known.delete(id);
        const properties = difference(contact, { ...contact, properties: {} }).properties;
        changes.push({ at: clock.now ?? 0, by, contactId: id, kind: "vanished", properties });
      }
    },
  };
}
export type ContactJournal = ReturnType<typeof openContactJournal>;

function difference(before: Contact | undefined, after: Contact): Pick<ContactChange, "kind" | "properties"> {
  const properties: ContactChange["properties"] = {};
  for (const name of new Set([...Object.keys(before?.properties ?? {}), ...Object.keys(after.properties)])) {
    const [was, is] = [before?.properties[name] ?? "", after.properties[name] ?? ""];
    if (was !== is) properties[name] = { was, is };
  }
  return { kind: kindOf(before, after), properties };
}

function kindOf(before: Contact | undefined, after: Contact): ContactChange["kind"] {
  if (!before) return "created";
  if (after.archivedAt !== undefined && before.archivedAt === undefined) return "archived";
  return after.archivedAt === undefined && before.archivedAt !== undefined ? "restored" : "edited";
}
