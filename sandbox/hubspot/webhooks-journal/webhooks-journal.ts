import type { Account } from "../account/account";
import { readProperty } from "../contacts/contact";
import type { MembershipChange } from "../lists/list-book";
import type { Store } from "../store/store";
import type { ContactEvent } from "../webhooks/contact-event";
import { conditionHolds } from "./condition-holds";
import { EventLog, type LogSettings } from "./event-log";
import {
  type Action,
  CONTACT_TYPE,
  INSTALL_EVENT,
  type JournalEvent,
  UNINSTALL_EVENT,
} from "./journal-event";
import type { Subscription } from "./subscription";
import { SubscriptionBook } from "./subscription-book";

const actionOf: Record<Exclude<ContactEvent["kind"], "privacyDeletion">, Action> = {
  creation: "CREATE",
  propertyChange: "UPDATE",
  deletion: "DELETE",
  restore: "RESTORE",
  merge: "MERGE",
};

/** The journal of the app: what its subscriptions ask for, whatever becomes of the pushed webhooks. */
export class WebhooksJournal {
  readonly subscriptions: SubscriptionBook;
  readonly log: EventLog;
  private readonly appId: number;
  private readonly now: () => number;

  constructor(store: Store, appId: number, now: () => number, settings: () => LogSettings) {
    this.subscriptions = new SubscriptionBook(store, appId);
    this.log = new EventLog(store, now, settings);
    this.appId = appId;
    this.now = now;
  }

  contactChanged(account: Account, event: ContactEvent): void {
    const { portalId } = account;
    const common = { portalId, occurredAt: iso(event.occurredAt), objectTypeId: CONTACT_TYPE };
    const objectId = Number(event.objectId);
    if (event.kind === "privacyDeletion") {
      if (this.subscriptions.of("GDPR_PRIVACY_DELETION", portalId, CONTACT_TYPE).length > 0)
        this.log.append({ ...common, type: "gdprPrivacyDeletion", action: "GDPR_DELETE", objectId });
      return;
    }
    const action = actionOf[event.kind];
    for (const subscription of this.subscriptions.of("OBJECT", portalId, CONTACT_TYPE)) {
      if (!this.concerns(subscription, account, event)) continue;
      if (event.kind === "propertyChange") {
        const set = { [event.propertyName]: event.propertyValue };
        if (this.joinLast(portalId, objectId, common.occurredAt, set)) continue;
        if (subscription.actions.includes("UPDATE"))
          this.log.append({ ...common, type: "crmObject", action, objectId, propertyChanges: set });
      } else if (subscription.actions.includes(action))
        this.log.append({ ...common, type: "crmObject", action, objectId, ...details(event) });
    }
  }

  membershipChanged({ portalId }: Account, { listId, recordId, at, joined }: MembershipChange): void {
    const action = joined ? "ADDED_TO_LIST" : "REMOVED_FROM_LIST";
    const objectId = Number(recordId);
    for (const { actions, listIds, objectIds } of this.subscriptions.of("LIST_MEMBERSHIP", portalId))
      if (actions.includes(action) && fits(listIds, Number(listId)) && fits(objectIds, objectId))
        this.log.append({
          type: "listMembership",
          portalId,
          occurredAt: iso(at),
          action,
          objectTypeId: CONTACT_TYPE,
          objectId,
          listId: Number(listId),
        });
  }

  /** Uninstalling ends the account's subscriptions; the event itself reaches those who asked about the app. */
  lifecycle(kind: "install" | "uninstall", portalId: number, userId: number): void {
    const eventTypeId = kind === "install" ? INSTALL_EVENT : UNINSTALL_EVENT;
    if (this.subscriptions.lifecycle(eventTypeId))
      this.log.append({
        type: "app_lifecycle_event",
        portalId,
        occurredAt: iso(this.now()),
        action: kind === "install" ? "APP_INSTALL" : "APP_UNINSTALL",
        eventTypeId,
        properties: {
          hs_app_id: String(this.appId),
          hs_app_install_level: "HUB",
          hs_initiating_user_id: String(userId),
          hs_user_id: String(userId),
        },
      });
    if (kind === "uninstall") this.subscriptions.removeAll(portalId);
  }

  snapshot(portalId: number, objectId: number, values: Record<string, string>): void {
    this.log.append({
      type: "crmObject",
      portalId,
      occurredAt: iso(this.now()),
      action: "SNAPSHOT",
      objectTypeId: CONTACT_TYPE,
      objectId,
      propertyChanges: values,
    });
  }

  private concerns(subscription: Subscription, account: Account, event: ContactEvent): boolean {
    if (!fits(subscription.objectIds, Number(event.objectId))) return false;
    if (event.kind === "propertyChange" && !subscription.properties?.includes(event.propertyName))
      return false;
    if (event.kind !== "propertyChange" && event.kind !== "creation") return true;
    const filters = this.subscriptions.filtersOf(subscription.id);
    if (filters.length === 0) return true;
    const contact = account.contacts.get(event.objectId);
    return filters.some(({ filter }) =>
      filter.conditions.every((condition) =>
        conditionHolds(condition, contact && readProperty(contact, condition.property)),
      ),
    );
  }

  // One write says one thing about each property; in the journal they stand in one event.
  private joinLast(
    portalId: number,
    objectId: number,
    occurredAt: string,
    set: Record<string, string>,
  ): boolean {
    const last = this.log.lastOpen();
    if (last?.type !== "crmObject" || !["CREATE", "UPDATE"].includes(last.action)) return false;
    if (last.portalId !== portalId || last.objectId !== objectId || last.occurredAt !== occurredAt)
      return false;
    this.log.replaceLast({ ...last, propertyChanges: { ...last.propertyChanges, ...set } });
    return true;
  }
}

type ObjectEvent = Extract<JournalEvent, { type: "crmObject" }>;

function details(event: ContactEvent): Partial<ObjectEvent> {
  if (event.kind === "creation") return { propertyChanges: {} };
  if (event.kind !== "merge") return {};
  return {
    primaryObjectId: Number(event.primaryObjectId),
    mergedObjectIds: event.mergedObjectIds.map(Number),
    newObjectId: Number(event.newObjectId),
    numberOfPropertiesMoved: event.numberOfPropertiesMoved,
  };
}

function fits(wanted: number[] | undefined, id: number): boolean {
  return !wanted?.length || wanted.includes(id);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
