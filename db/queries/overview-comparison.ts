import type { Db } from "@/db/client";
import {
  type EndedComparison,
  endedComparisons,
  type RunningComparison,
  runningComparison,
} from "./comparisons";
import type { OfIntegration } from "./own-integration";

export type OverviewComparison = { running: RunningComparison | null; last: EndedComparison | null };

export async function overviewComparison(db: Db, of: OfIntegration): Promise<OverviewComparison> {
  const [running, [last]] = await Promise.all([runningComparison(db, of), endedComparisons(db, of, 1)]);
  return { running, last: last ?? null };
}
