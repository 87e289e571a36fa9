import {
  additionalEmails,
  type Contact,
  encodeSource,
  storedValue,
  type Version,
  versionsOf,
} from "./contact";
import type { Source } from "./source";

export const VERSIONS_KEPT = 20;

export interface Applied {
  contact: Contact;
  /** Names of the properties whose value differs now. */
  changed: string[];
}

/** Pure: the contact with validated changes applied; the same object when nothing differs. */
export function applyChanges(
  contact: Contact,
  changes: Record<string, string>,
  at: number,
  source: Source,
): Applied {
  const wanted = { ...changes, ...emailSwap(contact, changes.email) };
  const changed = Object.keys(wanted).filter((name) => wanted[name] !== (storedValue(contact, name) ?? ""));
  if (changed.length === 0) return { contact, changed };
  const properties = { ...contact.properties };
  const history = { ...contact.history };
  for (const name of changed) {
    const value = wanted[name] ?? "";
    const version: Version = [value, at, encodeSource(source)];
    history[name] = [version, ...versionsOf(contact, name)].slice(0, VERSIONS_KEPT);
    if (value === "") delete properties[name];
    else properties[name] = value;
  }
  return {
    contact: { ...contact, properties, history, updatedAt: at },
    changed,
  };
}

// A secondary address that becomes the primary one trades places with it.
function emailSwap(contact: Contact, email: string | undefined): Record<string, string> {
  const others = additionalEmails(contact);
  const old = contact.properties.email;
  if (!email || !old || !others.includes(email)) return {};
  return { hs_additional_emails: others.map((other) => (other === email ? old : other)).join(";") };
}
