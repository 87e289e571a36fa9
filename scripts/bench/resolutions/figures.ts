import { limitShare, tenths } from "../../limit-share";
import { percentile } from "../../percentile";

/** Of each way to choose: milliseconds until both sides held what was chosen. */
export type Decided<Way extends string> = Record<Way, number[]>;
/** Of those decided at once. */
type Bulk = { resolved: number; calls: number; seconds: number };

export function resolutionFigures<Way extends string>(
  decided: Decided<Way>,
  { resolved, calls, seconds }: Bulk,
) {
  const all = Object.values<number[]>(decided).flat();
  const of = (taken: number[]) => ({ p50Ms: percentile(taken, 0.5), p95Ms: percentile(taken, 0.95) });
  return {
    single: all.length,
    ...of(all),
    ways: Object.fromEntries(Object.entries<number[]>(decided).map(([way, taken]) => [way, of(taken)])),
    bulk: resolved,
    bulkSeconds: tenths(seconds),
    bulkCalls: calls,
    ...limitShare({ calls, seconds }),
  };
}
