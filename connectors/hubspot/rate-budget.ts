import { RemoteError } from "./remote-error";

export type CallKind = "general" | "search";

/** Says when a call may go out. One per HubSpot account; HubSpot counts searches apart. */
export type RateBudget = {
  /**
   * Resolves when the call may be made, with what to run once it is answered. Throws `rate_limited` where
   * that is too far away to wait for.
   */
  take(kind: CallKind): Promise<() => void>;
  /** HubSpot itself asked for a pause. */
  pause(kind: CallKind, ms: number): void;
};

export type Clock = { now: () => number; after: (ms: number, run: () => void) => () => void };

type Window = { calls: number; ms: number };

// HubSpot allows 110 calls in any ten seconds and 5 searches in any second.
const windows: Record<CallKind, Window> = {
  general: { calls: 100, ms: 10_050 },
  search: { calls: 4, ms: 1050 },
};
const LONGEST_WAIT_MS = 15_000;

const budgets = new Map<string, RateBudget>();

/** The budget of an account, shared by everything in this process. */
export function accountBudget(accountKey: string): RateBudget {
  const known = budgets.get(accountKey);
  if (known) return known;
  const budget = localBudget();
  budgets.set(accountKey, budget);
  return budget;
}

export function localBudget(clock: Clock = systemClock): RateBudget {
  const lanes = { general: openLane(windows.general, clock), search: openLane(windows.search, clock) };
  return {
    take: (kind) => lanes[kind].take(),
    pause: (kind, ms) => lanes[kind].pause(ms),
  };
}

/**
 * Each call holds one of the window's slots until a window after its answer. However long a call is on its
 * way, no window in which HubSpot counts can then hold more calls than there are slots. First come, first served.
 */
function openLane({ calls, ms }: Window, clock: Clock) {
  const freeAt: number[] = Array.from({ length: calls }, () => 0);
  const queue: Waiting[] = [];
  let pausedUntil = 0;
  let disarm = () => {};

  function pump(): void {
    disarm();
    while (queue.length) {
      const now = clock.now();
      const slot = freeAt.findIndex((time) => time <= now);
      const next = Math.max(pausedUntil, slot < 0 ? Math.min(...freeAt) : now);
      // Every slot is on its way: the next answer pumps.
      if (next === Number.POSITIVE_INFINITY) return;
      if (next > now) {
        disarm = clock.after(next - now, pump);
        return;
      }
      freeAt[slot] = Number.POSITIVE_INFINITY;
      queue.shift()?.go(() => {
        freeAt[slot] = clock.now() + ms;
        pump();
      });
    }
  }

  return {
    async take(): Promise<() => void> {
      const now = clock.now();
      const free = freeAt.filter((time) => time <= now).length;
      const rounds = Math.max(0, Math.ceil((queue.length + 1 - free) / calls));
      const waitMs = Math.max(0, pausedUntil - now) + rounds * ms;
      if (waitMs > LONGEST_WAIT_MS) throw usedUp(waitMs);
      return new Promise((go, refuse) => {
        queue.push({ go, refuse });
        pump();
      });
    },
    pause(forMs: number): void {
      pausedUntil = Math.max(pausedUntil, clock.now() + forMs);
      if (forMs > LONGEST_WAIT_MS) for (const { refuse } of queue.splice(0)) refuse(usedUp(forMs));
    },
  };
}

type Waiting = { go: (release: () => void) => void; refuse: (error: RemoteError) => void };

function usedUp(retryAfterMs: number): RemoteError {
  return new RemoteError("rate_limited", "HubSpot's limit for this account is used up", { retryAfterMs });
}

const systemClock: Clock = {
  now: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
