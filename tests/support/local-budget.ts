import {
  type Limit,
  pausedKinds,
  type RateBudget,
  slotsOf,
  usualLimits,
  WINDOW_MARGIN_MS,
} from "@/connectors/hubspot/rate-budget";
import { type BudgetState, freeNumbers, shareSlots } from "@/connectors/hubspot/share-slots";
import type { SlotStore } from "@/connectors/hubspot/slot-store";
import { systemTimer } from "@/connectors/hubspot/timer";
import { type Clock, openBudget } from "@/connectors/hubspot/wait-for-slots";
import type { Lane, PauseReason } from "@/db/schema/rates";

/** A budget of this process alone: for the client of a test, and where simulated time has to pass. */
export function localBudget(clock: Clock = { ...systemTimer, jitter: () => 0 }): RateBudget {
  return openBudget(memorySlots(clock), clock);
}

function memorySlots(clock: Clock): SlotStore {
  const kinds = { general: openKind(usualLimits.general), search: openKind(usualLimits.search) };
  let leases = 0;
  return {
    take: async (kind, wanted) => {
      const own = kinds[kind];
      const now = clock.now();
      const state = stateOf(own, now);
      const share = shareSlots(state, wanted);
      own.bulkRestUntil = now + share.bulkRestMs;
      own.bulkWantedUntil = now + share.bulkWantedMs;
      const take = (lane: Lane) =>
        freeNumbers(new Set(own.held.keys()), share.granted[lane]).map((number) => {
          const lease = String(leases++);
          own.held.set(number, { lane, lease, freeAt: Number.POSITIVE_INFINITY });
          return { number, lease };
        });
      const { slots, windowMs, pausedMs } = state;
      const pause = pausedMs > 0 ? { ms: pausedMs, reason: own.pauseReason } : null;
      const { free, askAgainMs } = share;
      return {
        granted: { live: take("live"), bulk: take("bulk") },
        free,
        slots,
        windowMs,
        pause,
        askAgainMs,
      };
    },
    release: (kind, { number, lease }, { report }) => {
      const own = kinds[kind];
      const slot = own.held.get(number);
      if (slot?.lease === lease) slot.freeAt = clock.now() + own.limit.windowMs + WINDOW_MARGIN_MS;
      if (report) own.limit = { ...own.limit, maxCalls: report.maxCalls, windowMs: report.windowMs };
    },
    pause: async (kind, pause) => {
      const until = clock.now() + pause.ms;
      for (const one of pausedKinds(kind, pause))
        if (until > kinds[one].pausedUntil)
          Object.assign(kinds[one], { pausedUntil: until, pauseReason: pause.reason });
    },
  };
}

function openKind(limit: Limit) {
  const held = new Map<number, { lane: Lane; lease: string; freeAt: number }>();
  const pauseReason: PauseReason = "unnamed";
  return { limit, held, pausedUntil: 0, pauseReason, bulkRestUntil: 0, bulkWantedUntil: 0 };
}

function stateOf(own: ReturnType<typeof openKind>, now: number): BudgetState {
  for (const [number, { freeAt }] of own.held) if (freeAt <= now) own.held.delete(number);
  return {
    slots: slotsOf(own.limit),
    windowMs: own.limit.windowMs,
    pausedMs: Math.max(0, own.pausedUntil - now),
    foreign: { calls: 0, ms: 0 },
    bulkRestMs: own.bulkRestUntil - now,
    bulkWantedMs: own.bulkWantedUntil - now,
    held: [...own.held.values()].map(({ lane, freeAt }) => ({ lane, freeInMs: freeAt - now })),
  };
}
