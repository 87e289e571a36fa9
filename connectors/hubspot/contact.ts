import { z } from "zod";
import { storableText } from "@/lib/storable-text";
import type { RemoteError } from "./remote-error";

export type Contact = {
  id: string;
  properties: Record<string, string | null>;
  /** ISO 8601. */
  updatedAt: string;
  archived: boolean;
  /** ISO 8601; null where it is not archived, or HubSpot does not say since when. */
  archivedAt: string | null;
  /** Ids it answers to since merges; every reader gives them, the answer of a write may not. */
  formerIds: string[];
};

export type WriteOutcome = { ok: true; contact: Contact } | { ok: false; error: RemoteError };

/** HubSpot's number for contacts among all types of objects. */
export const CONTACT_TYPE = "0-1";

const MERGED_IDS = "hs_merged_object_ids";
export const MORE_EMAILS = "hs_additional_emails";
/** What tells who a contact is, whatever else is mapped. */
export const IDENTITY_PROPERTIES = ["email", MORE_EMAILS, "firstname", "lastname"];

/** The properties that a reader asks for: those wanted, and those that tell which contact it is. */
export function propertiesToAsk(wanted: string[]): string[] {
  return [...new Set([...wanted, MERGED_IDS])];
}

/** A contact's fields as the SDK gives them; of a text what can be kept. */
export const WireFields = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().transform(storableText).nullable()),
  updatedAt: z.date(),
  archived: z.boolean().optional(),
  archivedAt: z.date().optional(),
  objectWriteTraceId: z.string().optional(),
});

export function toContact({
  id,
  properties,
  updatedAt,
  archived,
  archivedAt,
}: z.infer<typeof WireFields>): Contact {
  return {
    id,
    properties,
    updatedAt: updatedAt.toISOString(),
    archived: archived ?? false,
    archivedAt: archivedAt?.toISOString() ?? null,
    formerIds: splitList(properties[MERGED_IDS]),
  };
}

export const WireContact = WireFields.transform((wire) => ({
  contact: toContact(wire),
  trace: wire.objectWriteTraceId,
}));
export type WireContact = z.infer<typeof WireContact>;

/** Contacts per call of HubSpot's batch endpoints. */
export const BATCH_SIZE = 100;

/** HubSpot's lists of ids and addresses in one text. */
export function splitList(list: string | null | undefined): string[] {
  return (list ?? "").split(";").filter(Boolean);
}
