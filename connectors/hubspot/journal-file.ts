import { z } from "zod";
import { type ChangeKind, type ChangeNotice, contactIdsOf, NamedContacts, WireId } from "./change-notice";
import { CONTACT_TYPE } from "./contact";
import { RemoteError } from "./remote-error";

/** `unreadable`: events that have no known shape. `uninstalled`: the accounts that took our app out. */
export type JournalFile = { notices: ChangeNotice[]; unreadable: number; uninstalled: string[] };

/** The category of a file that no further try is likely to read. */
export const LOST_FILE = "LOST_FILE";

const kinds = new Map<string, ChangeKind>([
  ["CREATE", "contact.creation"],
  ["UPDATE", "contact.propertyChange"],
  ["DELETE", "contact.deletion"],
  ["MERGE", "contact.merge"],
  ["RESTORE", "contact.restore"],
  ["GDPR_DELETE", "contact.privacyDeletion"],
]);

const File = z.object({ offset: z.string(), journalEvents: z.array(z.unknown()) });
const Event = z.object({
  portalId: WireId,
  occurredAt: z.iso.datetime({ offset: true }),
  action: z.string(),
  objectTypeId: z.string().nullish(),
  ...NamedContacts.shape,
});
type Event = z.infer<typeof Event>;

/** What a file tells of contacts, and of our app's end in an account; whatever else it tells of is left out. */
export function parseJournalFile(text: string): JournalFile {
  const { offset, journalEvents } = parse(text);
  const notices: ChangeNotice[] = [];
  const uninstalled = new Set<string>();
  let unreadable = 0;
  for (const [position, item] of journalEvents.entries()) {
    const event = Event.safeParse(item).data;
    const kind = event && kinds.get(event.action);
    if (!event) unreadable += 1;
    else if (event.action === "APP_UNINSTALL") uninstalled.add(event.portalId);
    else if (kind) {
      const typeId = event.objectTypeId ?? impliedType(event);
      if (!typeId) unreadable += 1;
      else if (typeId === CONTACT_TYPE)
        notices.push(toChangeNotice(event, kind, `journal|${offset}|${position}`));
    }
  }
  return { notices, unreadable, uninstalled: [...uninstalled] };
}

/** Our subscriptions to privacy deletions are to contacts' alone. */
function impliedType({ action }: Event): string | undefined {
  return action === "GDPR_DELETE" ? CONTACT_TYPE : undefined;
}

/** The journal names no source, so that a write of ours is looked at like any other. */
function toChangeNotice(event: Event, kind: ChangeKind, dedupeKey: string): ChangeNotice {
  return {
    // A file never changes: its offset and the place within it name an event for good.
    dedupeKey,
    accountId: event.portalId,
    kind,
    contactIds: contactIdsOf(event),
    occurredAt: new Date(event.occurredAt),
    echoOf: undefined,
  };
}

// The text holds people's data: no error may quote it.
function parse(text: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text));
  } catch {
    throw new RemoteError("transient", "a file of the journal has another shape", { category: LOST_FILE });
  }
}
