import { RemoteError } from "./remote-error";

export type CallKind = "general" | "search";

/** Says when a call may go out. One per HubSpot account; HubSpot counts searches apart. */
export type RateBudget = {
  /** Resolves when the call may be made. Throws `rate_limited` where that is too far away to wait for. */
  take(kind: CallKind): Promise<void>;
  /** HubSpot itself asked for a pause. */
  pause(kind: CallKind, ms: number): void;
};

type Window = { calls: number; ms: number };

// HubSpot allows 110 calls in any ten seconds and 5 searches in any second. The rest is room for calls
// that arrive closer together than they left.
const windows: Record<CallKind, Window> = {
  general: { calls: 100, ms: 10_250 },
  search: { calls: 4, ms: 1100 },
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

export function localBudget(
  now: () => number = Date.now,
  wait: (ms: number) => Promise<void> = sleep,
): RateBudget {
  const lanes: Record<CallKind, Lane> = {
    general: { window: windows.general, departures: [], pausedUntil: 0 },
    search: { window: windows.search, departures: [], pausedUntil: 0 },
  };
  return {
    async take(kind) {
      const lane = lanes[kind];
      const departure = nextDeparture(lane, now());
      const waitMs = departure - now();
      if (waitMs > LONGEST_WAIT_MS)
        throw new RemoteError("rate_limited", "HubSpot's limit for this account is used up", {
          retryAfterMs: waitMs,
        });
      lane.departures.push(departure);
      if (lane.departures.length > lane.window.calls) lane.departures.shift();
      if (waitMs > 0) await wait(waitMs);
    },
    pause(kind, ms) {
      lanes[kind].pausedUntil = Math.max(lanes[kind].pausedUntil, now() + ms);
    },
  };
}

type Lane = { window: Window; departures: number[]; pausedUntil: number };

/** No window of the lane's length holds more departures than allowed; callers leave in the order they came. */
function nextDeparture({ window, departures, pausedUntil }: Lane, now: number): number {
  const full = departures.length >= window.calls ? (departures[0] ?? 0) + window.ms : 0;
  return Math.max(now, pausedUntil, departures.at(-1) ?? 0, full);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
