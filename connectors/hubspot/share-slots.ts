import type { Lane } from "@/db/schema/rates";

/**
 * Who may call now. Invariants:
 * - each call holds a slot from before it goes out until a window after its answer, and there are no more slots than
 *   calls in a window: however HubSpot lays its window, and however long a call is on its way, it counts no more;
 * - live calls go first: bulk calls leave the last free slots alone, and are spread over the window, so that a slot
 *   is always about to be free;
 * - bulk calls get their share under any number of live calls, and all that those leave.
 */
export type BudgetState = {
  /** How many calls of ours fit into a window. */
  slots: number;
  windowMs: number;
  /** For how long HubSpot wants no call; zero or less when it does not mind. */
  pausedMs: number;
  /** Calls of somebody else under the same limit, and how long they count. */
  foreign: { calls: number; ms: number };
  /** Until bulk's next call, by its pace; zero or less when it is due. */
  bulkRestMs: number;
  /** For how long bulk calls are to be reckoned with. */
  bulkWantedMs: number;
  held: { lane: Lane; freeInMs: number }[];
};
export type Wanted = Record<Lane, number>;
export type Share = {
  granted: Record<Lane, number>;
  /** The state's fields after this. */
  bulkRestMs: number;
  bulkWantedMs: number;
  /** Free slots that are left. */
  free: number;
  /** When those that got none may ask again; null when all got theirs. */
  askAgainMs: number | null;
};

/** Slots that bulk calls never take, for the live call that comes next. */
const RESERVE = 0.02;
/** Of the slots: what live calls leave to bulk calls that wait. */
const BULK_SHARE = 0.1;
/** So much of their pace bulk calls may be ahead of, or make up for: what goes unused between two steps of a transfer. */
const BULK_AHEAD_MS = 500;
/** Bulk calls could fill a window in this part of it: just quick enough to use all of the limit. */
const BULK_SPREAD = 0.95;
/** Of the slots: how many have to be free, or to become free within `SOON_MS`, after a bulk call. */
const SOON_RESERVE = 0.05;
const SOON_MS = 1000;
/** Bulk that asked is reckoned with for this long. */
const BULK_WANTED_MS = 3000;
/** Those who wait look again at least this often: somebody may have raised the limit, or asked for a pause. */
const LOOK_AGAIN_MS = 1000;

export function shareSlots(state: BudgetState, wanted: Wanted): Share {
  const { held } = state;
  const foreign = state.foreign.ms > 0 ? state.foreign.calls : 0;
  const slots = Math.max(1, state.slots - foreign);
  const free = Math.max(0, state.slots - foreign - held.length);
  if (state.pausedMs > 0)
    return { ...nothing(state), free, askAgainMs: Math.min(LOOK_AGAIN_MS, state.pausedMs) };
  const bulkComes = wanted.bulk > 0 || state.bulkWantedMs > 0;
  const heldLive = held.filter(({ lane }) => lane === "live").length;
  const mostLive = bulkComes ? slots - part(slots, BULK_SHARE) : slots;
  const live = Math.max(0, Math.min(wanted.live, free, mostLive - heldLive));
  const bulk = shareBulk({ ...state, slots }, wanted.bulk, free - live);
  const waits = [
    ...(live < wanted.live ? [Math.max(5, untilFree(state, 1))] : []),
    ...(bulk.granted < wanted.bulk ? [Math.max(25, bulk.waitMs)] : []),
  ];
  return {
    granted: { live, bulk: bulk.granted },
    bulkRestMs: bulk.restMs,
    bulkWantedMs: wanted.bulk > 0 ? BULK_WANTED_MS : state.bulkWantedMs,
    free: free - live - bulk.granted,
    askAgainMs: waits.length ? Math.ceil(Math.min(LOOK_AGAIN_MS, ...waits)) : null,
  };
}

function nothing({ bulkRestMs, bulkWantedMs }: BudgetState) {
  return { granted: { live: 0, bulk: 0 }, bulkRestMs, bulkWantedMs };
}

/** The lowest numbers that nobody holds. */
export function freeNumbers(held: ReadonlySet<number>, count: number): number[] {
  const numbers: number[] = [];
  for (let number = 0; numbers.length < count; number += 1) if (!held.has(number)) numbers.push(number);
  return numbers;
}

/** One by one, until something says no; `waitMs` is when that may have changed. */
function shareBulk(
  state: BudgetState,
  wanted: number,
  free: number,
): { granted: number; restMs: number; waitMs: number } {
  const { slots, windowMs, held } = state;
  const pace = (windowMs * BULK_SPREAD) / slots;
  const owed = part(slots, BULK_SHARE) - held.filter(({ lane }) => lane === "bulk").length;
  const reserve = part(slots, RESERVE);
  const soonReserve = Math.floor(slots * SOON_RESERVE);
  const soon = held.filter(({ freeInMs }) => freeInMs <= SOON_MS).length;
  let restMs = Math.max(0, state.bulkRestMs);
  for (let granted = 0; ; granted += 1) {
    const left = free - granted;
    const kept = granted < owed ? 0 : reserve;
    const stop = (waitMs: number) => ({ granted, restMs, waitMs });
    if (granted === wanted) return stop(0);
    if (restMs > BULK_AHEAD_MS) return stop(restMs - BULK_AHEAD_MS);
    if (left <= kept) return stop(untilFree(state, kept + 1 - left));
    if (granted >= owed && left + soon <= soonReserve)
      return stop(untilFree(state, soonReserve + 1 - left) - SOON_MS);
    restMs += pace;
  }
}

/** Until so many more slots are free. */
function untilFree({ held, foreign }: BudgetState, count: number): number {
  const times = held.map(({ freeInMs }) => freeInMs);
  if (foreign.ms > 0) times.push(...Array.from({ length: foreign.calls }, () => foreign.ms));
  return times.sort((a, b) => a - b)[count - 1] ?? 0;
}

/** Of few slots a part is at least one, but never all. */
function part(slots: number, share: number): number {
  return Math.min(slots - 1, Math.max(1, Math.round(slots * share)));
}
