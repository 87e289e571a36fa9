import { MORE_EMAILS } from "@/connectors/hubspot/contact";
import { matchKey } from "@/sync/match-key";
import type { ContactRecord } from "./record-work";

/** The match keys of all of a contact's addresses, the primary one first. */
export function contactKeys({ fields }: Pick<ContactRecord, "fields">): string[] {
  // HubSpot describes the property as a choice of several; an account may not describe it at all.
  const more = [fields[MORE_EMAILS]].flat().flatMap((emails) => String(emails ?? "").split(";"));
  const keys = [String(fields.email ?? ""), ...more].map(matchKey).filter(Boolean);
  return [...new Set(keys)];
}
