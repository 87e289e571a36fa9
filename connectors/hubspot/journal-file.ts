import { z } from "zod";
import type { Notice } from "./notice";
import { RemoteError } from "./remote-error";

/** `unreadable`: events that have no known shape. */
export type JournalFile = { notices: Notice[]; unreadable: number };

const CONTACTS = "0-1";
const kinds: Record<string, string> = {
  CREATE: "contact.creation",
  UPDATE: "contact.propertyChange",
  DELETE: "contact.deletion",
  MERGE: "contact.merge",
  RESTORE: "contact.restore",
  GDPR_DELETE: "contact.privacyDeletion",
};

const Id = z.union([z.string().min(1), z.number()]).transform(String);
const File = z.object({ offset: z.string(), journalEvents: z.array(z.unknown()) });
const Event = z.object({
  portalId: Id,
  occurredAt: z.iso.datetime({ offset: true }),
  action: z.string(),
  objectTypeId: z.string().optional(),
  objectId: Id.optional(),
  primaryObjectId: Id.optional(),
  mergedObjectIds: z.array(Id).optional(),
  newObjectId: Id.optional(),
});
type Event = z.infer<typeof Event>;

/** What a file tells of contacts; whatever else it tells of is left out. */
export function parseJournalFile(text: string): JournalFile {
  const { offset, journalEvents } = parse(text);
  const notices: Notice[] = [];
  let unreadable = 0;
  for (const [position, item] of journalEvents.entries()) {
    const event = Event.safeParse(item).data;
    if (!event) unreadable += 1;
    else if (event.objectTypeId === CONTACTS && kinds[event.action])
      notices.push(toNotice(event, `journal|${offset}|${position}`));
  }
  return { notices, unreadable };
}

/** The journal names no source, so that a write of ours is looked at like any other. */
function toNotice(event: Event, dedupeKey: string): Notice {
  const { objectId, primaryObjectId, mergedObjectIds, newObjectId } = event;
  const named = [objectId, primaryObjectId, ...(mergedObjectIds ?? []), newObjectId];
  return {
    // A file never changes: its offset and the place within it name an event for good.
    dedupeKey,
    accountId: event.portalId,
    kind: kinds[event.action] ?? event.action,
    contactIds: [...new Set(named.filter((id) => id !== undefined))],
    occurredAt: new Date(event.occurredAt),
    echoOf: undefined,
  };
}

// The text holds people's data: no error may quote it.
function parse(text: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text));
  } catch {
    throw new RemoteError("transient", "a file of the journal has another shape");
  }
}
