import type { Store } from "./store/store";

export interface Clock {
  now(): number;
  /** Now, and later than that moment where it was this very millisecond: the clock moves on by one, so that nothing is dated ahead of it. */
  after(moment: number): number;
  read(): { now: number; frozen: boolean; aheadMs: number };
  /** Time only goes forward, as far as an app can tell. */
  advance(ms: number): void;
  freeze(): void;
  resume(): void;
}

interface ClockState {
  aheadMs: number;
  frozenAt: number | null;
}

/** The account's own time: the machine's, unless it was moved ahead or stopped. Kept over restarts. */
export function openClock(store: Store): Clock {
  const rows = store.table<ClockState>("clock");
  const state = () => rows.get("all") ?? { aheadMs: 0, frozenAt: null };
  const set = (next: ClockState) => store.put("clock", "all", next);
  const now = () => {
    const { aheadMs, frozenAt } = state();
    return frozenAt ?? Date.now() + aheadMs;
  };
  const advance = (ms: number) => {
    const { aheadMs, frozenAt } = state();
    set(frozenAt === null ? { aheadMs: aheadMs + ms, frozenAt } : { aheadMs, frozenAt: frozenAt + ms });
  };
  return {
    now,
    after: (moment) => {
      const at = now();
      if (at > moment) return at;
      advance(1);
      return now();
    },
    read: () => ({ now: now(), frozen: state().frozenAt !== null, aheadMs: now() - Date.now() }),
    advance,
    freeze: () => set({ ...state(), frozenAt: now() }),
    resume: () => set({ aheadMs: Math.max(0, now() - Date.now()), frozenAt: null }),
  };
}
