import type { Faults } from "../faults";
import type { Store } from "../store/store";
import type { WirePayload } from "./contact-event";
import { deliver, type Target } from "./deliver";
import { waitAfter } from "./retry-schedule";

/** An event that the app has not taken yet. */
interface Pending {
  payload: WirePayload;
  attempt: number;
}

interface Batch {
  keys: string[];
  portalId: number;
  attempt: number;
  dueAt: number;
}

export interface Surroundings {
  now: () => number;
  target: () => Target | null;
  retries: () => "quick" | "hubspot";
  faults: Faults;
}

const GROUP_MS = 100;
const COPY_AFTER_MS = 300;
const BATCH_SIZE = 100;
const CONCURRENCY = 10;
const LONGEST_TIMER_MS = 60_000;

/**
 * Pushes events in batches, and keeps each until the app has taken it or HubSpot would give up.
 * Events are stored with the change that caused them, so a crash can repeat one but not lose it. Due is what the
 * account's clock says: moving it ahead brings on the next attempts.
 */
export class Outbox {
  delivered = 0;
  failedAttempts = 0;
  /** Given up, or lost on purpose. */
  lost = 0;
  private fresh: string[] = [];
  private grouping: NodeJS.Timeout | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly waiting = new Set<Batch>();
  private readonly ready: Batch[] = [];
  private readonly active = new Map<number, number>();
  private readonly stopped = new AbortController();
  private readonly rows: ReadonlyMap<string, Pending>;
  private readonly store: Store;
  private readonly around: Surroundings;

  constructor(store: Store, around: Surroundings) {
    this.store = store;
    this.around = around;
    this.rows = store.table("delivery");
    for (const batch of this.batches([...this.rows.keys()])) this.ready.push(batch);
    this.pump();
  }

  get pending(): number {
    return this.rows.size;
  }

  add(payload: WirePayload): void {
    const { times, lateMs } = this.around.faults.journey();
    if (times === 0) this.lost += 1;
    for (let copy = 0; copy < times; copy++) {
      const key = copy === 0 ? String(payload.eventId) : `${payload.eventId}+`;
      this.store.put<Pending>("delivery", key, { payload, attempt: 0 });
      // The second copy is what HubSpot sends when it has not heard that the first arrived.
      const after = lateMs + copy * COPY_AFTER_MS;
      if (after === 0) this.fresh.push(key);
      else for (const batch of this.batches([key])) this.wait(batch, after);
    }
    this.grouping ??= setTimeout(() => this.group(), GROUP_MS);
  }

  retryNow(): void {
    this.ready.push(...this.waiting);
    this.waiting.clear();
    this.pump();
  }

  /** Looks at the clock again, which may have been moved. */
  wake(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const now = this.around.now();
    for (const batch of this.waiting) {
      if (batch.dueAt > now) continue;
      this.waiting.delete(batch);
      this.ready.push(batch);
    }
    this.pump();
    if (this.waiting.size === 0 || this.stopped.signal.aborted) return;
    const next = Math.min(...[...this.waiting].map(({ dueAt }) => dueAt));
    this.timer = setTimeout(() => this.wake(), Math.min(Math.max(next - now, 1), LONGEST_TIMER_MS));
  }

  forget(portalId: number): void {
    for (const [key, { payload }] of this.rows)
      if (payload.portalId === portalId) this.store.remove("delivery", key);
  }

  close(): void {
    this.stopped.abort();
    for (const timer of [this.grouping, this.timer]) if (timer) clearTimeout(timer);
  }

  private group(): void {
    this.grouping = null;
    const { faults } = this.around;
    this.ready.push(...this.batches(faults.shufflesWebhooks ? faults.mixed(this.fresh) : this.fresh));
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
      else group.push({ keys: [key], portalId, attempt: row.attempt, dueAt: 0 });
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
    const target = this.around.target();
    batch.keys = batch.keys.filter((key) => this.rows.has(key));
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
    return batch.keys.flatMap((key) => {
      const row = this.rows.get(key);
      return row ? { ...row.payload, attemptNumber: batch.attempt } : [];
    });
  }

  private postpone(batch: Batch): void {
    const oldest = Math.min(...this.events(batch).map(({ occurredAt }) => occurredAt));
    const wait = waitAfter(this.around.retries(), batch.attempt, this.around.now() - oldest);
    if (wait === null) {
      this.lost += batch.keys.length;
      for (const key of batch.keys) this.store.remove("delivery", key);
      return;
    }
    batch.attempt += 1;
    for (const key of batch.keys) {
      const row = this.rows.get(key);
      if (row) this.store.put<Pending>("delivery", key, { payload: row.payload, attempt: batch.attempt });
    }
    this.wait(batch, wait);
  }

  private wait(batch: Batch, ms: number): void {
    batch.dueAt = this.around.now() + ms;
    this.waiting.add(batch);
    this.wake();
  }
}
