import { z } from "zod";
import { storableText } from "@/lib/storable-text";

/** What happened, by one name, whichever way HubSpot told of it: the ways are compared by it. */
export type ChangeKind =
  | "contact.creation"
  | "contact.propertyChange"
  | "contact.deletion"
  | "contact.merge"
  | "contact.restore"
  | "contact.privacyDeletion"
  /** Something that this app has no name for. */
  | "contact.unknown"
  /** It is about something else. */
  | "unrelated";

/** Something HubSpot says happened to a contact; a hint to look, nothing more. */
export type ChangeNotice = {
  dedupeKey: string;
  accountId: string;
  kind: ChangeKind;
  /** Every contact that it concerns: none where it is about something else. */
  contactIds: string[];
  occurredAt: Date;
  /** Comes from a write of this app. */
  echoOf: string | undefined;
};

/** A notice is kept as it came: what the database could not keep would sink those that came with it. */
export const WireText = z.string().transform(storableText);
export const WireId = z.union([z.string().min(1), z.number()]).transform((id) => storableText(String(id)));

/** How webhooks and the journal name contacts; a merge names several, and any may be absent or null. */
export const NamedContacts = z.object({
  objectId: WireId.nullish(),
  primaryObjectId: WireId.nullish(),
  mergedObjectIds: z.array(WireId).nullish(),
  newObjectId: WireId.nullish(),
});

export function contactIdsOf(named: z.infer<typeof NamedContacts>): string[] {
  const { objectId, primaryObjectId, mergedObjectIds, newObjectId } = named;
  const ids = [objectId, primaryObjectId, ...(mergedObjectIds ?? []), newObjectId];
  return [...new Set(ids.filter((id) => id !== undefined && id !== null))];
}
