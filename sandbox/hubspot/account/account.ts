import type { Clock } from "../clock";
import { ContactBook } from "../contacts/contact-book";
import { SearchIndex } from "../contacts/search-index";
import { ListBook, type MembershipChange } from "../lists/list-book";
import { PropertyBook } from "../properties/property-book";
import type { Store } from "../store/store";
import type { ContactEvent } from "../webhooks/contact-event";
import type { Owner } from "./owner";

export interface AccountInfo {
  portalId: number;
  name: string;
  domain: string;
  timeZone: string;
  utcOffset: string;
  utcOffsetMilliseconds: number;
  currency: string;
  user: { id: number; email: string; name: string };
}

/** What an account tells of its changes. */
export interface Listener {
  contact(event: ContactEvent): void;
  membership(change: MembershipChange): void;
}

export interface AccountSettings {
  searchLagMs: number;
  /** A merge leaves the primary contact its id, as in HubSpot's beta. */
  mergeKeepsId: boolean;
}

export class Account {
  readonly info: AccountInfo;
  readonly store: Store;
  readonly properties: PropertyBook;
  readonly contacts: ContactBook;
  readonly lists: ListBook;
  readonly now: () => number;
  readonly after: (moment: number) => number;
  /** Grows with every change that a person could see, and across restarts, so that the page can ask for news only. */
  revision = Date.now();
  readonly settings: () => AccountSettings;
  private readonly listener: Listener;

  constructor(
    store: Store,
    info: AccountInfo,
    { now, after }: Pick<Clock, "now" | "after">,
    settings: () => AccountSettings,
    listener: Listener,
  ) {
    this.store = store;
    this.info = info;
    this.now = now;
    this.after = after;
    this.settings = settings;
    this.listener = listener;
    this.properties = new PropertyBook(store, info.portalId);
    this.contacts = new ContactBook(
      store,
      info.portalId,
      () => this.properties.uniqueNames(),
      now,
      new SearchIndex(now, () => settings().searchLagMs),
    );
    this.lists = new ListBook(store, info.portalId, now, (change) => listener.membership(change));
  }

  get portalId(): number {
    return this.info.portalId;
  }

  owners(): Owner[] {
    return [...this.store.table<Owner>(`owner:${this.portalId}`).values()];
  }

  emit(event: ContactEvent): void {
    this.revision += 1;
    this.listener.contact(event);
  }
}
