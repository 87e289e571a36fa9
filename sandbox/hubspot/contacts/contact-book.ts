import type { Store } from "../store/store";
import { additionalEmails, type Contact } from "./contact";
import type { SearchIndex } from "./search-index";

/** How long HubSpot keeps what was deleted. */
const RECYCLED_MS = 90 * 24 * 3_600_000;

/** The contacts of one account, found by id (old ids of merged contacts included) and by e-mail. */
export class ContactBook {
  /** Side by side, ascending by id: a search looks at every contact. */
  private readonly ids: number[] = [];
  private readonly ordered: Contact[] = [];
  private readonly emails = new Map<string, string>();
  private readonly uniques = new Map<string, Map<string, string>>();
  private readonly rows: ReadonlyMap<string, Contact>;
  private readonly aliases: ReadonlyMap<string, string>;
  private readonly blocked: ReadonlyMap<string, true>;
  private readonly store: Store;
  private readonly portalId: number;
  private readonly uniqueNames: () => string[];
  private readonly now: () => number;
  private readonly index: SearchIndex;

  constructor(
    store: Store,
    portalId: number,
    uniqueNames: () => string[],
    now: () => number,
    index: SearchIndex,
  ) {
    this.store = store;
    this.portalId = portalId;
    this.uniqueNames = uniqueNames;
    this.now = now;
    this.index = index;
    this.rows = store.table(`contact:${portalId}`);
    this.aliases = store.table(`alias:${portalId}`);
    this.blocked = store.table(`blocked:${portalId}`);
    for (const contact of this.rows.values()) this.enter(contact);
  }

  get(id: string): Contact | undefined {
    let current = id;
    while (this.aliases.has(current)) current = this.aliases.get(current) ?? current;
    const contact = this.rows.get(current);
    return contact && this.isOver(contact) ? undefined : contact;
  }

  live(id: string): Contact | undefined {
    const contact = this.get(id);
    return contact?.archivedAt === undefined ? contact : undefined;
  }

  byEmail(email: string): Contact | undefined {
    const id = this.emails.get(email.trim().toLowerCase());
    return id === undefined ? undefined : this.rows.get(id);
  }

  byUnique(name: string, value: string): Contact | undefined {
    const id = this.uniques.get(name)?.get(value.toLowerCase());
    return id === undefined ? undefined : this.rows.get(id);
  }

  isBlocked(email: string): boolean {
    return this.blocked.has(email.trim().toLowerCase());
  }

  block(email: string): void {
    this.store.put(`blocked:${this.portalId}`, email.trim().toLowerCase(), true);
  }

  /** Ascending by id, from the given id on. */
  *from(id: number, archived: boolean): Generator<Contact> {
    for (let at = this.position(id); at < this.ids.length; at++) {
      const contact = this.ordered[at];
      if (contact && (contact.archivedAt !== undefined) === archived && !this.isOver(contact)) yield contact;
    }
  }

  /** The live contacts as a search sees them. */
  *indexed(): Generator<Contact> {
    const view = this.index.view();
    for (const contact of this.from(0, false)) {
      const seen = view(contact);
      if (seen?.archivedAt === undefined && seen) yield seen;
    }
  }

  get size(): number {
    return this.rows.size;
  }

  nextId(): string {
    const last = this.store.table<number>("counter").get(`contact:${this.portalId}`) ?? this.firstId();
    const next = last + 1 + (last % 7);
    this.store.put("counter", `contact:${this.portalId}`, next);
    return String(next);
  }

  save(next: Contact): void {
    const previous = this.rows.get(next.id);
    this.index.changed(next.id, previous ?? null);
    if (previous) this.unindexValues(previous);
    this.store.put(`contact:${this.portalId}`, next.id, next);
    if (previous) {
      this.ordered[this.position(Number(next.id))] = next;
      this.indexValues(next);
    } else this.enter(next);
  }

  remove(contact: Contact): void {
    this.unindexValues(contact);
    const at = this.position(Number(contact.id));
    if (this.ids[at] === Number(contact.id)) {
      this.ids.splice(at, 1);
      this.ordered.splice(at, 1);
    }
    this.store.remove(`contact:${this.portalId}`, contact.id);
  }

  redirect(oldId: string, newId: string): void {
    this.store.put(`alias:${this.portalId}`, oldId, newId);
  }

  private enter(contact: Contact): void {
    const id = Number(contact.id);
    const at = id > (this.ids.at(-1) ?? 0) ? this.ids.length : this.position(id);
    this.ids.splice(at, 0, id);
    this.ordered.splice(at, 0, contact);
    this.indexValues(contact);
  }

  private indexValues(contact: Contact): void {
    if (contact.archivedAt !== undefined) return;
    for (const email of addresses(contact)) this.emails.set(email, contact.id);
    for (const name of this.uniqueNames()) {
      const value = contact.properties[name];
      if (value === undefined) continue;
      const known = this.uniques.get(name) ?? new Map<string, string>();
      this.uniques.set(name, known.set(value.toLowerCase(), contact.id));
    }
  }

  private unindexValues(contact: Contact): void {
    for (const email of addresses(contact))
      if (this.emails.get(email) === contact.id) this.emails.delete(email);
    for (const name of this.uniqueNames()) {
      const value = contact.properties[name]?.toLowerCase() ?? "";
      const known = this.uniques.get(name);
      if (known?.get(value) === contact.id) known.delete(value);
    }
  }

  private isOver({ archivedAt }: Contact): boolean {
    return archivedAt !== undefined && archivedAt < this.now() - RECYCLED_MS;
  }

  private firstId(): number {
    return 100_000_000_000 + (this.portalId % 1000) * 1_000_000_000;
  }

  private position(id: number): number {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function addresses(contact: Contact): string[] {
  const { email } = contact.properties;
  return email === undefined ? additionalEmails(contact) : [email, ...additionalEmails(contact)];
}
