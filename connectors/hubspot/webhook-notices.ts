import { z } from "zod";
import {
  type ChangeKind,
  type ChangeNotice,
  contactIdsOf,
  NamedContacts,
  WireId,
  WireText,
} from "./change-notice";
import { CONTACT_TYPE } from "./contact";

/** The last moment that a date can name, in milliseconds since 1970. */
const LAST_MOMENT = 8.64e15;

/** Types that are not known yet carry these fields as well; what does not apply is absent or null. */
const WireEvent = z.object({
  eventId: WireId,
  subscriptionType: WireText,
  portalId: WireId,
  occurredAt: z.number().int().positive().max(LAST_MOMENT),
  objectTypeId: z.string().nullish(),
  propertyName: WireText.nullish(),
  changeSource: z.string().nullish(),
  sourceId: WireId.nullish(),
  ...NamedContacts.shape,
});
type WireEvent = z.infer<typeof WireEvent>;

/** Undefined where the body is no list at all; what in it has no known shape is left out and counted. */
export function parseChangeNotices(
  text: string,
): { notices: ChangeNotice[]; unreadable: number } | undefined {
  const items = z.array(z.unknown()).safeParse(parseJson(text)).data;
  if (!items) return undefined;
  const events = items.flatMap((item) => WireEvent.safeParse(item).data ?? []);
  return { notices: events.map(toChangeNotice), unreadable: items.length - events.length };
}

function toChangeNotice(event: WireEvent): ChangeNotice {
  const { portalId, subscriptionType, objectId, propertyName, occurredAt, eventId } = event;
  const kind = kindOf(event);
  return {
    // HubSpot does not promise that its event ids are unique; the attempt's number would make repeats look new.
    dedupeKey: [portalId, subscriptionType, objectId, propertyName, occurredAt, eventId].join("|"),
    accountId: portalId,
    kind,
    contactIds: kind === "unrelated" ? [] : contactIdsOf(event),
    occurredAt: new Date(occurredAt),
    echoOf: ownWrite(event),
  };
}

const kinds = new Map<string, ChangeKind>([
  ["creation", "contact.creation"],
  ["propertyChange", "contact.propertyChange"],
  ["deletion", "contact.deletion"],
  ["merge", "contact.merge"],
  ["restore", "contact.restore"],
  ["privacyDeletion", "contact.privacyDeletion"],
  // No value of a contact's has changed.
  ["associationChange", "unrelated"],
]);

/** HubSpot has two names for the same: `object.deletion` of a contact is its `contact.deletion`. */
function kindOf({ subscriptionType, objectTypeId }: WireEvent): ChangeKind {
  const [object, act = ""] = subscriptionType.split(".");
  const isContact = object === "contact" || (object === "object" && objectTypeId === CONTACT_TYPE);
  return isContact ? (kinds.get(act) ?? "contact.unknown") : "unrelated";
}

// Only what a write of ours can be: a merge, a deletion or a restoration is always news.
function ownWrite({ subscriptionType, changeSource, sourceId }: WireEvent): string | undefined {
  const isWrite = /\.(creation|propertyChange)$/.test(subscriptionType);
  return isWrite && changeSource === "INTEGRATION" ? (sourceId ?? undefined) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
