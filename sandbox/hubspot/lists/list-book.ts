import type { Contact } from "../contacts/contact";
import type { Store } from "../store/store";
import type { ContactList } from "./contact-list";

export interface Membership {
  recordId: string;
  at: number;
}

export interface MembershipChange {
  listId: string;
  recordId: string;
  at: number;
  joined: boolean;
}

export class ListBook {
  private readonly rows: ReadonlyMap<string, ContactList>;
  private readonly store: Store;
  private readonly portalId: number;
  private readonly now: () => number;
  private readonly onChange: (change: MembershipChange) => void;

  constructor(
    store: Store,
    portalId: number,
    now: () => number,
    onChange: (change: MembershipChange) => void,
  ) {
    this.store = store;
    this.portalId = portalId;
    this.now = now;
    this.onChange = onChange;
    this.rows = store.table(`list:${portalId}`);
  }

  all(): ContactList[] {
    return [...this.rows.values()].filter((list) => list.deletedAt === undefined);
  }

  get(listId: string): ContactList | undefined {
    const list = this.rows.get(listId);
    return list?.deletedAt === undefined ? list : undefined;
  }

  save(list: ContactList): void {
    this.store.put(`list:${this.portalId}`, list.listId, list);
  }

  nextId(): string {
    const next = (this.store.table<number>("counter").get(`list:${this.portalId}`) ?? 0) + 1;
    this.store.put("counter", `list:${this.portalId}`, next);
    return String(next);
  }

  size(listId: string): number {
    return this.members(listId).size;
  }

  has(listId: string, recordId: string): boolean {
    return this.members(listId).has(recordId);
  }

  /** Ascending by record id, or by the time of joining. */
  sortedMembers(listId: string, order: "record" | "joined"): Membership[] {
    const rows = [...this.members(listId)].map(([recordId, at]) => ({ recordId, at }));
    const byRecord = (a: Membership, b: Membership) => Number(a.recordId) - Number(b.recordId);
    return rows.sort(order === "record" ? byRecord : (a, b) => a.at - b.at || byRecord(a, b));
  }

  listsOf(recordId: string): { list: ContactList; at: number }[] {
    return this.all().flatMap((list) => {
      const at = this.members(list.listId).get(recordId);
      return at === undefined ? [] : [{ list, at }];
    });
  }

  add(listId: string, recordId: string, at: number): void {
    this.store.put(this.tableName(listId), recordId, at);
    this.onChange({ listId, recordId, at, joined: true });
  }

  remove(listId: string, recordId: string): void {
    this.store.remove(this.tableName(listId), recordId);
    this.onChange({ listId, recordId, at: this.now(), joined: false });
  }

  /** Lets a contact join and leave the dynamic lists, after it changed. */
  refresh(contact: Contact, at: number): void {
    for (const list of this.all()) {
      if (!list.rule) continue;
      const fits =
        contact.archivedAt === undefined && contact.properties[list.rule.property] === list.rule.value;
      if (fits === this.has(list.listId, contact.id)) continue;
      if (fits) this.add(list.listId, contact.id, at);
      else this.remove(list.listId, contact.id);
    }
  }

  leaveAll(recordId: string): void {
    for (const { list } of this.listsOf(recordId)) this.remove(list.listId, recordId);
  }

  private members(listId: string): ReadonlyMap<string, number> {
    return this.store.table<number>(this.tableName(listId));
  }

  private tableName(listId: string): string {
    return `member:${this.portalId}:${listId}`;
  }
}
