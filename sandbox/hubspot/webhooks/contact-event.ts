import type { Source } from "../contacts/source";

export type ContactEvent = { objectId: string; occurredAt: number; source: Source } & (
  | { kind: "creation" | "deletion" | "restore" | "privacyDeletion" }
  | { kind: "propertyChange"; propertyName: string; propertyValue: string; sensitive: boolean }
  | {
      kind: "merge";
      primaryObjectId: string;
      mergedObjectIds: string[];
      newObjectId: string;
      numberOfPropertiesMoved: number;
    }
);

const changeFlags: Partial<Record<ContactEvent["kind"], string>> = {
  creation: "CREATED",
  deletion: "DELETED",
  restore: "RESTORED",
};

/** The event as HubSpot sends it; `attemptNumber` is set with each delivery. */
export interface WirePayload {
  eventId: number;
  subscriptionId: number;
  portalId: number;
  appId: number;
  occurredAt: number;
  subscriptionType: string;
  attemptNumber: number;
  objectId: number;
  changeSource: string;
  sourceId: string;
  changeFlag?: string;
  propertyName?: string;
  propertyValue?: string;
  isSensitive?: boolean;
  primaryObjectId?: number;
  mergedObjectIds?: number[];
  newObjectId?: number;
  numberOfPropertiesMoved?: number;
}

export function toWirePayload(
  event: ContactEvent,
  ids: { eventId: number; portalId: number; appId: number },
): WirePayload {
  const flag = changeFlags[event.kind];
  return {
    ...ids,
    subscriptionId: subscriptionId(event),
    occurredAt: event.occurredAt,
    subscriptionType: `contact.${event.kind}`,
    attemptNumber: 0,
    objectId: Number(event.objectId),
    changeSource: event.source.type,
    sourceId: event.source.id,
    ...(flag ? { changeFlag: flag } : {}),
    ...(event.kind === "propertyChange"
      ? {
          propertyName: event.propertyName,
          propertyValue: event.propertyValue,
          ...(event.sensitive ? { isSensitive: true } : {}),
        }
      : {}),
    ...(event.kind === "merge"
      ? {
          primaryObjectId: Number(event.primaryObjectId),
          mergedObjectIds: event.mergedObjectIds.map(Number),
          newObjectId: Number(event.newObjectId),
          numberOfPropertiesMoved: event.numberOfPropertiesMoved,
        }
      : {}),
  };
}

// One subscription per property, as HubSpot has it: a number that stays the same for the same name.
function subscriptionId(event: ContactEvent): number {
  const name = event.kind === "propertyChange" ? event.propertyName : event.kind;
  let hash = 0;
  for (const char of name) hash = (hash * 31 + char.charCodeAt(0)) % 1_000_000;
  return 2_000_000 + hash;
}
