import { z } from "zod";
import type { Notice } from "./notice";

const Id = z.union([z.string().min(1), z.number()]).transform(String);

/** Types that are not known yet carry these fields as well. */
const WireEvent = z.object({
  eventId: Id,
  subscriptionType: z.string(),
  portalId: Id,
  occurredAt: z.number().int().positive(),
  objectId: Id.optional(),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  changeSource: z.string().optional(),
  sourceId: Id.optional(),
  primaryObjectId: Id.optional(),
  mergedObjectIds: z.array(Id).optional(),
  newObjectId: Id.optional(),
});
type WireEvent = z.infer<typeof WireEvent>;

/** Undefined where the body is no list at all; what in it has no known shape is left out and counted. */
export function parseNotices(text: string): { notices: Notice[]; unreadable: number } | undefined {
  const items = z.array(z.unknown()).safeParse(parseJson(text)).data;
  if (!items) return undefined;
  const events = items.flatMap((item) => WireEvent.safeParse(item).data ?? []);
  return { notices: events.map(toNotice), unreadable: items.length - events.length };
}

function toNotice(event: WireEvent): Notice {
  const { portalId, subscriptionType, objectId, propertyName, occurredAt, eventId } = event;
  return {
    // HubSpot does not promise that its event ids are unique; the attempt's number would make repeats look new.
    dedupeKey: [portalId, subscriptionType, objectId, propertyName, occurredAt, eventId].join("|"),
    accountId: portalId,
    kind: subscriptionType,
    contactIds: contactIds(event),
    occurredAt: new Date(occurredAt),
    echoOf: ownWrite(event),
  };
}

const CONTACTS = "0-1";

function contactIds(event: WireEvent): string[] {
  const [object, act] = event.subscriptionType.split(".");
  const isContact = object === "contact" || (object === "object" && event.objectTypeId === CONTACTS);
  if (!isContact || act === "associationChange") return [];
  const { objectId, primaryObjectId, mergedObjectIds, newObjectId } = event;
  const named = [objectId, primaryObjectId, ...(mergedObjectIds ?? []), newObjectId];
  return [...new Set(named.filter((id) => id !== undefined))];
}

// Only what a write of ours can be: a merge, a deletion or a restoration is always news.
function ownWrite({ subscriptionType, changeSource, sourceId }: WireEvent): string | undefined {
  const isWrite = /\.(creation|propertyChange)$/.test(subscriptionType);
  return isWrite && changeSource === "INTEGRATION" ? sourceId : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
