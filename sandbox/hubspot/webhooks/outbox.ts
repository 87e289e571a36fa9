import type { Store } from "../store/store";
import type { WirePayload } from "./contact-event";
import { deliver, type Target } from "./deliver";

/** An event that the app has not taken yet. */
interface Pending {
  payload: WirePayload;
  attempt: number;
}

interface Batch {
  keys: string[];
  portalId: number;
  attempt: number;
  timer: NodeJS.Timeout | null;
}

const GROUP_MS = 100;
const BATCH_SIZE = 100;
const CONCURRENCY = 10;
const DROP_AFTER_MS = 24 * 3_600_000;
const RETRY_SECONDS = [1, 2, 5, 10, 30, 60];

/**
 * Pushes events in batches, and keeps each until the app has taken it or a day has passed.
 * Events are stored with the change that caused them, so a crash can repeat one but not lose it.
 */
export class Outbox {
  delivered = 0;
  failedAttempts = 0;
  private fresh: string[] = [];
  private grouping: NodeJS.Timeout | null = null;
  private readonly waiting = new Set<Batch>();
  private readonly ready: Batch[] = [];
  private readonly active = new Map<number, number>();
  private readonly stopped = new AbortController();
  private readonly rows: ReadonlyMap<string, Pending>;
  private readonly store: Store;
  private readonly target: () => Target | null;

  constructor(store: Store, target: () => Target | null) {
    this.store = store;
    this.target = target;
    this.rows = store.table("delivery");
    for (const batch of this.batches([...this.rows.keys()])) this.ready.push(batch);
    this.pump();
  }

  get pending(): number {
    return this.rows.size;
  }

  add(payload: WirePayload): void {
    const key = String(payload.eventId);
    this.store.put<Pending>("delivery", key, { payload, attempt: 0 });
    this.fresh.push(key);
    this.grouping ??= setTimeout(() => this.group(), GROUP_MS);
  }

  retryNow(): void {
    for (const batch of this.waiting) {
      if (batch.timer) clearTimeout(batch.timer);
      this.ready.push(batch);
    }
    this.waiting.clear();
    this.pump();
  }

  forget(portalId: number): void {
    for (const [key, { payload }] of this.rows)
      if (payload.portalId === portalId) this.store.remove("delivery", key);
  }

  close(): void {
    this.stopped.abort();
    if (this.grouping) clearTimeout(this.grouping);
    for (const batch of this.waiting) if (batch.timer) clearTimeout(batch.timer);
  }

  private group(): void {
    this.grouping = null;
    this.ready.push(...this.batches(this.fresh));
    this.fresh = [];
    this.pump();
  }

  private batches(keys: string[]): Batch[] {
    const groups = new Map<string, Batch[]>();
    for (const key of keys) {
      const row = this.rows.get(key);
      if (!row) continue;
      const { portalId } = row.payload;
      const name = `${portalId} ${row.attempt}`;
      const group = groups.get(name) ?? [];
      groups.set(name, group);
      const last = group.at(-1);
      if (last && last.keys.length < BATCH_SIZE) last.keys.push(key);
      else group.push({ keys: [key], portalId, attempt: row.attempt, timer: null });
    }
    return [...groups.values()].flat();
  }

  private pump(): void {
    for (let at = 0; at < this.ready.length; ) {
      const batch = this.ready[at];
      const running = batch ? (this.active.get(batch.portalId) ?? 0) : 0;
      if (!batch || running >= CONCURRENCY) {
        at += 1;
        continue;
      }
      this.ready.splice(at, 1);
      this.active.set(batch.portalId, running + 1);
      void this.send(batch).finally(() => {
        this.active.set(batch.portalId, (this.active.get(batch.portalId) ?? 1) - 1);
        if (!this.stopped.signal.aborted) this.pump();
      });
    }
  }

  private async send(batch: Batch): Promise<void> {
    const target = this.target();
    const events = this.events(batch);
    if (events.length === 0) return;
    const taken = target !== null && (await deliver(target, events, this.stopped.signal));
    if (this.stopped.signal.aborted) return;
    if (taken) {
      this.delivered += events.length;
      for (const key of batch.keys) this.store.remove("delivery", key);
    } else {
      this.failedAttempts += 1;
      this.postpone(batch);
    }
    this.store.flush();
  }

  private events(batch: Batch): WirePayload[] {
    const oldest = Date.now() - DROP_AFTER_MS;
    for (const key of batch.keys)
      if ((this.rows.get(key)?.payload.occurredAt ?? 0) < oldest) this.store.remove("delivery", key);
    batch.keys = batch.keys.filter((key) => this.rows.has(key));
    return batch.keys.flatMap((key) => {
      const row = this.rows.get(key);
      return row ? { ...row.payload, attemptNumber: batch.attempt } : [];
    });
  }

  private postpone(batch: Batch): void {
    const seconds = RETRY_SECONDS[Math.min(batch.attempt, RETRY_SECONDS.length - 1)] ?? 60;
    batch.attempt += 1;
    for (const key of batch.keys) {
      const row = this.rows.get(key);
      if (row) this.store.put<Pending>("delivery", key, { payload: row.payload, attempt: batch.attempt });
    }
    this.waiting.add(batch);
    batch.timer = setTimeout(() => {
      this.waiting.delete(batch);
      this.ready.push(batch);
      this.pump();
    }, seconds * 1000);
  }
}
