import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import type { CallKind, Lane } from "@/db/schema/rates";
import { claimSlots } from "./claim-slots";
import { pauseBudget } from "./pause-budget";
import { type Limit, LONGEST_CALL_MS, pausedKinds, type RateBudget, usualLimits } from "./rate-budget";
import { type Known, readSlots } from "./read-slots";
import { batchReleases } from "./release-slots";
import { freeNumbers, shareSlots, type Wanted } from "./share-slots";
import type { Slot, SlotStore, Taken } from "./slot-store";
import { systemTimer } from "./timer";
import { type Clock, openBudget } from "./wait-for-slots";

/** A process may stand still between the taking of a slot and its call; a lease outlives that too. */
const STANDSTILL_MS = 5000;

export type SharedBudgetOptions = {
  limits?: Record<CallKind, Limit>;
  longestCallMs?: number;
  standstillMs?: number;
};

/**
 * The budget of an account for all processes on this database, whose clock alone counts. No lock outlives a
 * statement: who takes slots compares the version it has read, and reads again where somebody was quicker.
 */
export function sharedBudget(db: Db, account: string, options: SharedBudgetOptions = {}): RateBudget {
  const { limits = usualLimits, longestCallMs = LONGEST_CALL_MS, standstillMs = STANDSTILL_MS } = options;
  const known = new Map<CallKind, Known>();
  const release = batchReleases(db, account, known);
  const pause: SlotStore["pause"] = async (kind, asked) => {
    for (const one of pausedKinds(kind, asked)) await pauseBudget(db, account, one, asked, limits[one]);
  };
  return openBudget({ take, release, pause }, clock);

  async function take(kind: CallKind, wanted: Wanted): Promise<Taken> {
    for (;;) {
      const read = await readSlots(db, account, kind, limits[kind]);
      known.set(kind, read);
      const { state, version, pauseReason } = read;
      const share = shareSlots(state, wanted);
      const lease = randomUUID();
      const asked = clock.now();
      const slots = lanesOf(share.granted, freeNumbers(read.held, share.granted.live + share.granted.bulk));
      const tellOfBulk = wanted.bulk > 0 && state.bulkWantedMs < share.bulkWantedMs / 2;
      const leaseMs = longestCallMs + standstillMs + state.windowMs;
      const claim = { account, kind, version, share, slots, lease, leaseMs };
      if ((slots.length || tellOfBulk) && !(await claimSlots(db, claim))) continue;
      const taken = (lane: Lane): Slot[] =>
        slots.filter((slot) => slot.lane === lane).map(({ number }) => ({ number, lease }));
      const granted = { live: taken("live"), bulk: taken("bulk") };
      if (clock.now() - asked > standstillMs && slots.length) {
        for (const slot of [...granted.live, ...granted.bulk]) release(kind, slot, { tookMs: 0 });
        continue;
      }
      const { free, askAgainMs } = share;
      const pause = state.pausedMs > 0 ? { ms: state.pausedMs, reason: pauseReason ?? "unnamed" } : null;
      return { granted, free, slots: state.slots, windowMs: state.windowMs, pause, askAgainMs };
    }
  }
}

function lanesOf(granted: Record<Lane, number>, numbers: number[]): { number: number; lane: Lane }[] {
  return numbers.map((number, at) => ({ number, lane: at < granted.live ? "live" : "bulk" }));
}

const clock: Clock = { ...systemTimer, jitter: () => Math.random() * 15 };
