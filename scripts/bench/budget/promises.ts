/** Of the full limit beside live edits; the last line of the bench. */
export type BudgetFigures = { answers429: number; budgetShare: number; liveP95Ms: number };

/** What is promised of it and was not kept. A figure that could not be taken keeps nothing. */
export function brokenPromises({ answers429, budgetShare, liveP95Ms }: BudgetFigures): string[] {
  const broken: string[] = [];
  if (answers429 !== 0) broken.push(`${answers429} answers of 429`);
  if (!(budgetShare >= 0.95)) broken.push(`${budgetShare} of the limit was used, 0.95 is promised`);
  if (!(liveP95Ms < 3000))
    broken.push(`one live call of twenty took ${liveP95Ms} ms or more, 3000 are promised`);
  return broken;
}
