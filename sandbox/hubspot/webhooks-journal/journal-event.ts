export const CONTACT_TYPE = "0-1";
export const INSTALL_EVENT = "4-1909196";
export const UNINSTALL_EVENT = "4-1916193";

export const actions = [
  "CREATE",
  "UPDATE",
  "DELETE",
  "MERGE",
  "RESTORE",
  "ASSOCIATION_ADDED",
  "ASSOCIATION_REMOVED",
  "SNAPSHOT",
  "APP_INSTALL",
  "APP_UNINSTALL",
  "ADDED_TO_LIST",
  "REMOVED_FROM_LIST",
  "GDPR_DELETE",
] as const;
export type Action = (typeof actions)[number];

/** One event as a journal file holds it. It names no source: an app cannot tell its own writes by it. */
export type JournalEvent = { portalId: number; occurredAt: string; action: Action } & (
  | {
      type: "crmObject";
      objectTypeId: string;
      objectId: number;
      propertyChanges?: Record<string, string>;
      primaryObjectId?: number;
      mergedObjectIds?: number[];
      newObjectId?: number;
      numberOfPropertiesMoved?: number;
    }
  | { type: "gdprPrivacyDeletion"; objectTypeId: string; objectId: number }
  | { type: "listMembership"; objectTypeId: string; objectId: number; listId: number }
  | { type: "app_lifecycle_event"; eventTypeId: string; properties: Record<string, string> }
);
