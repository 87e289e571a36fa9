import { isRefusal, RemoteError, type RemoteErrorKind } from "./remote-error";
import { isTurnedAway } from "./said-no";

export type Failed = { ok: false; error: RemoteError };

type OneByOne<I, D> = { keyOf: (input: I) => string; one: (input: I) => Promise<D> };

/** A batch that is refused, or turned away, as a whole: each of its records stands alone, so that a bad one sinks only itself. */
export function standsForEach(error: unknown): boolean {
  return isRefusal(error) || isTurnedAway(error);
}

/** The account's, not a record's: the next record would meet the same. */
const ofAccount: RemoteErrorKind[] = ["unauthorized", "rate_limited", "call_refused"];

/** So many turned away, and none let in: it is no record's matter, and more calls would only annoy the gateway. */
const turnedAwayInARow = 10;

/**
 * For records whose batch says nothing of each. Where some are turned away and none is let in, that is no answer about any
 * of them: throws what says most of why, the account's limit before what passes before the gateway's word.
 */
export async function writeOneByOne<I, D>(
  inputs: I[],
  { keyOf, one }: OneByOne<I, D>,
  { isLetIn } = { isLetIn: false },
): Promise<Map<string, D | Failed>> {
  const outcomes = new Map<string, D | Failed>();
  const turnedAway: RemoteError[] = [];
  let stopped: RemoteError | undefined;
  let passing: RemoteError | undefined;
  for (const input of inputs) {
    if (!isLetIn && turnedAway.length >= turnedAwayInARow) break;
    if (stopped) {
      outcomes.set(keyOf(input), { ok: false, error: stopped });
      continue;
    }
    try {
      outcomes.set(keyOf(input), await one(input));
      isLetIn = true;
    } catch (error) {
      // What was done before must be told, so from here on every failure is an outcome.
      if (!(error instanceof RemoteError)) throw error;
      if (ofAccount.includes(error.kind)) stopped = error;
      if (error.kind === "transient") passing = error;
      if (isTurnedAway(error)) turnedAway.push(error);
      if (isRefusal(error)) isLetIn = true;
      outcomes.set(keyOf(input), { ok: false, error });
    }
  }
  const [first] = turnedAway;
  if (first && !isLetIn) throw stopped ?? passing ?? first;
  return outcomes;
}
