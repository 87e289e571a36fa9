import type { Store } from "../store/store";
import { INSTALL_EVENT } from "./journal-event";
import type { Subscription, SubscriptionBody, SubscriptionFilter } from "./subscription";

type SubscriptionType = Subscription["subscriptionType"];

/** What the app asked to find in its journal, for each account of its own. */
export class SubscriptionBook {
  private readonly rows: ReadonlyMap<string, Subscription>;
  private readonly filterRows: ReadonlyMap<string, SubscriptionFilter>;
  private readonly store: Store;
  private readonly appId: number;

  constructor(store: Store, appId: number) {
    this.store = store;
    this.appId = appId;
    this.rows = store.table("journal-subscription");
    this.filterRows = store.table("journal-filter");
  }

  all(): Subscription[] {
    return [...this.rows.values()];
  }

  get(id: string): Subscription | undefined {
    return this.rows.get(id);
  }

  of(type: SubscriptionType, portalId: number, objectTypeId?: string): Subscription[] {
    if (this.rows.size === 0) return [];
    return this.all().filter(
      (row) =>
        row.subscriptionType === type &&
        row.portalId === portalId &&
        (objectTypeId === undefined || row.objectTypeId === objectTypeId),
    );
  }

  lifecycle(eventTypeId: string): boolean {
    return this.all().some(
      (row) => row.subscriptionType === "APP_LIFECYCLE_EVENT" && row.objectTypeId === eventTypeId,
    );
  }

  /** One subscription for a type of object and account: saying it again replaces what was said, unless told otherwise. */
  upsert(body: SubscriptionBody, at: number, { replaces } = { replaces: true }): Subscription {
    const wanted = described(body);
    const same = !replaces
      ? undefined
      : this.all().find(
          (row) =>
            row.subscriptionType === wanted.subscriptionType &&
            row.portalId === wanted.portalId &&
            row.objectTypeId === wanted.objectTypeId,
        );
    const time = new Date(at).toISOString();
    const saved: Subscription = {
      ...wanted,
      id: same?.id ?? this.nextId(),
      appId: this.appId,
      createdAt: same?.createdAt ?? time,
      updatedAt: time,
    };
    this.store.put("journal-subscription", String(saved.id), saved);
    return saved;
  }

  remove(id: number): void {
    this.store.remove("journal-subscription", String(id));
    for (const filter of this.filtersOf(id)) this.removeFilter(filter.id);
  }

  removeAll(portalId: number): number {
    const rows = this.all().filter((row) => row.portalId === portalId);
    for (const { id } of rows) this.remove(id);
    return rows.length;
  }

  filtersOf(subscriptionId: number): SubscriptionFilter[] {
    if (this.filterRows.size === 0) return [];
    return [...this.filterRows.values()].filter((row) => row.subscriptionId === subscriptionId);
  }

  filter(id: string): SubscriptionFilter | undefined {
    return this.filterRows.get(id);
  }

  addFilter(subscriptionId: number, filter: SubscriptionFilter["filter"], at: number): SubscriptionFilter {
    const saved = { id: this.nextId(), subscriptionId, createdAt: at, filter };
    this.store.put("journal-filter", String(saved.id), saved);
    return saved;
  }

  removeFilter(id: number): void {
    this.store.remove("journal-filter", String(id));
  }

  private nextId(): number {
    const next = (this.store.table<number>("counter").get("journal-subscription") ?? 5_000_000) + 1;
    this.store.put("counter", "journal-subscription", next);
    return next;
  }
}

function described(body: SubscriptionBody): Omit<Subscription, "id" | "appId" | "createdAt" | "updatedAt"> {
  if (body.subscriptionType !== "APP_LIFECYCLE_EVENT") return { objectTypeId: "0-1", ...body };
  const { subscriptionType, eventTypeId, properties } = body;
  const action = eventTypeId === INSTALL_EVENT ? "APP_INSTALL" : "APP_UNINSTALL";
  return { subscriptionType, objectTypeId: eventTypeId, actions: [action], properties };
}
