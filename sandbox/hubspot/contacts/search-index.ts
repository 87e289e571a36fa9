import type { Contact } from "./contact";

interface Unseen {
  id: string;
  at: number;
  before: Contact | null;
}

/**
 * What a search sees: every contact as it was `lag` ago. Kept are only the contacts as they were before
 * changes that are not seen yet. A contact that is gone is gone at once.
 */
export class SearchIndex {
  private unseen: Unseen[] = [];
  private readonly now: () => number;
  private readonly lagMs: () => number;

  constructor(now: () => number, lagMs: () => number) {
    this.now = now;
    this.lagMs = lagMs;
  }

  changed(id: string, before: Contact | null): void {
    if (this.lagMs() > 0) this.unseen.push({ id, at: this.now(), before });
  }

  /** A contact as the index has it; null where it has none yet. */
  view(): (contact: Contact) => Contact | null {
    const newest = this.now() - this.lagMs();
    this.unseen = this.unseen.filter(({ at }) => at > newest);
    if (this.unseen.length === 0) return (contact) => contact;
    const earlier = new Map<string, Contact | null>();
    for (const { id, before } of this.unseen) if (!earlier.has(id)) earlier.set(id, before);
    return (contact) => {
      const before = earlier.get(contact.id);
      return before === undefined ? contact : before;
    };
  }
}
