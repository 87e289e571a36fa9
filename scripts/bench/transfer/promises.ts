import type { Case } from "./run-case";

/** Of a transfer at the account's limit. */
export type TransferFigures = { case: Case; callsPer100: number; limitShare: number };

/** Reads and creates; reads; both, and four calls for a hundred that are updated. */
const mostCalls: Record<Case, number> = { out: 2.1, in: 1.1, mixed: 2.4 };

/** What is promised of it and was not kept. A figure that could not be taken keeps nothing. */
export function brokenPromises({ case: which, callsPer100, limitShare }: TransferFigures): string[] {
  const broken: string[] = [];
  if (!(callsPer100 <= mostCalls[which]))
    broken.push(`${which}: ${callsPer100} calls a hundred records, ${mostCalls[which]} are promised`);
  if (!(limitShare >= 0.95)) broken.push(`${which}: ${limitShare} of the limit was used, 0.95 is promised`);
  return broken;
}
