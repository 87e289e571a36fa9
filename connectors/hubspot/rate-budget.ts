import type { CallKind, Lane } from "@/db/schema/rates";
import type { LimitReport } from "./limit-report";
import { pauseScope } from "./pause-scope";
import type { AskedPause } from "./remote-error";

/** Says when a call may go out. One per HubSpot account, whoever calls. */
export type RateBudget = {
  /**
   * Resolves when the call may be made, with what to run once it is answered, or will never be. Throws
   * `rate_limited` where that is too far away to wait for.
   */
  take(kind: CallKind, lane: Lane): Promise<(report?: LimitReport) => void>;
  /** HubSpot itself asked for a pause. */
  pause(kind: CallKind, pause: AskedPause): Promise<void>;
};

/** A call is given up after this long; a slot's lease outlives it. */
export const LONGEST_CALL_MS = 20_000;
/** A call whose turn has not come by then is refused. */
export const LONGEST_WAIT_MS = 15_000;

/** What HubSpot allows an account, and how much of it we leave alone. */
export type Limit = { maxCalls: number; windowMs: number; spare: number };

/**
 * 110 calls in any ten seconds until an answer says otherwise, and 5 searches in any second. All apps of the account
 * share the searches and no answer tells how many are left, so one is left to the others.
 */
export const usualLimits: Record<CallKind, Limit> = {
  general: { maxCalls: 110, windowMs: 10_000, spare: 0 },
  search: { maxCalls: 5, windowMs: 1000, spare: 1 },
};

/** HubSpot's clock and ours may not round alike. */
export const WINDOW_MARGIN_MS = 50;

export function pausedKinds(kind: CallKind, { reason }: AskedPause): CallKind[] {
  return pauseScope[reason].stopsAll ? ["general", "search"] : [kind];
}

export function slotsOf({ maxCalls, spare }: Limit): number {
  return Math.max(1, maxCalls - spare);
}
