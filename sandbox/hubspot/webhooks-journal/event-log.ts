import { createHash } from "node:crypto";
import type { Store } from "../store/store";
import type { JournalEvent } from "./journal-event";

interface Entry {
  recordedAt: number;
  event: JournalEvent;
}

/** A file holds the events with the numbers `first` to `last`, and never changes. */
export interface JournalFile {
  offset: string;
  publishedAt: number;
  first: number;
  last: number;
  portalIds: number[];
}

export interface LogSettings {
  delayMs: number;
  fileSize: number;
}

const KEPT_MS = 3 * 24 * 3_600_000;
const MOST_BYTES = 5_000_000;

/**
 * Numbered events, closed into files when somebody looks and a file's events are old enough to be seen.
 * - Files follow one another without gaps: who has read up to an offset has everything before it.
 * - Numbers never come twice, not even after a reset: an offset that is gone does not come back with other events.
 */
export class EventLog {
  private readonly store: Store;
  private readonly settings: () => LogSettings;
  private readonly now: () => number;
  private files: JournalFile[] = [];
  private open: number;

  constructor(store: Store, now: () => number, settings: () => LogSettings) {
    this.store = store;
    this.now = now;
    this.settings = settings;
    const rows = [...store.table<JournalFile>("journal-file").values()];
    this.files = rows.sort((a, b) => a.last - b.last);
    this.open = (this.files.at(-1)?.last ?? this.firstKept() - 1) + 1;
  }

  append(event: JournalEvent): void {
    const number = this.lastNumber() + 1;
    this.store.put("counter", "journal", number);
    this.put(number, { recordedAt: this.now(), event });
  }

  /** The event recorded last, unless it is in a file: what the same write says next belongs to it. */
  lastOpen(): JournalEvent | undefined {
    const number = this.lastNumber();
    return number < this.open ? undefined : this.entries().get(String(number))?.event;
  }

  replaceLast(event: JournalEvent): void {
    const number = this.lastNumber();
    const entry = this.entries().get(String(number));
    if (entry) this.put(number, { ...entry, event });
  }

  /** Oldest first; with an account, the files that hold something of it. */
  published(portalId?: number): JournalFile[] {
    this.publish();
    this.dropOld();
    return portalId === undefined
      ? this.files
      : this.files.filter(({ portalIds }) => portalIds.includes(portalId));
  }

  file(offset: string): JournalFile | undefined {
    return this.published().find((file) => file.offset === offset);
  }

  eventsOf({ first, last }: JournalFile, portalId?: number): JournalEvent[] {
    const events: JournalEvent[] = [];
    for (let number = first; number <= last; number++) {
      const event = this.entries().get(String(number))?.event;
      if (event && (portalId === undefined || event.portalId === portalId)) events.push(event);
    }
    return events;
  }

  get waiting(): number {
    return Math.max(0, this.lastNumber() - this.open + 1);
  }

  private publish(): void {
    const { delayMs, fileSize } = this.settings();
    for (;;) {
      const first = this.open;
      const portalIds = new Set<number>();
      let last = first - 1;
      let bytes = 0;
      let at = 0;
      for (let number = first; number <= this.lastNumber() && number - first < fileSize; number++) {
        const entry = this.entries().get(String(number));
        if (!entry || entry.recordedAt + delayMs > this.now()) break;
        bytes += JSON.stringify(entry.event).length;
        if (bytes > MOST_BYTES && last >= first) break;
        portalIds.add(entry.event.portalId);
        at = Math.max(at, entry.recordedAt + delayMs);
        last = number;
      }
      if (last < first) return;
      const publishedAt = Math.max(at, this.files.at(-1)?.publishedAt ?? 0);
      const file = { offset: offsetOf(last), publishedAt, first, last, portalIds: [...portalIds] };
      this.store.put("journal-file", file.offset, file);
      this.files = [...this.files, file];
      this.open = last + 1;
    }
  }

  private dropOld(): void {
    const oldest = this.now() - KEPT_MS;
    while ((this.files[0]?.publishedAt ?? oldest) < oldest) {
      const [file, ...rest] = this.files;
      this.files = rest;
      if (!file) return;
      this.store.remove("journal-file", file.offset);
      for (let number = file.first; number <= file.last; number++)
        this.store.remove("journal-event", String(number));
    }
  }

  private put(number: number, entry: Entry): void {
    this.store.put("journal-event", String(number), entry);
  }

  private entries(): ReadonlyMap<string, Entry> {
    return this.store.table<Entry>("journal-event");
  }

  private lastNumber(): number {
    return this.store.table<number>("counter").get("journal") ?? 0;
  }

  private firstKept(): number {
    const [first] = this.entries().keys();
    return first === undefined ? this.lastNumber() + 1 : Number(first);
  }
}

// Derived from the number, so that the same history has the same offsets.
function offsetOf(number: number): string {
  const hex = createHash("sha256").update(`journal ${number}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
