import type { Db } from "@/db/client";
import { sharedAnswers } from "@/lib/shared-answers";
import type { OfIntegration } from "./own-integration";
import { type ReasonCount, reasonCounts } from "./reason-counts";
import { type StatusCounts, statusCounts } from "./record-counts";

export type StandingCounts = {
  counts: StatusCounts;
  /** Of those that are failing or excluded, and of those in sync that are not known to be equal. */
  reasons: ReasonCount[];
};

const fewRecords = 10_000;
const longestMs = 10_000;

/**
 * How an integration's records stand, and why. Pages ask that every few seconds, and counting takes longer the more there are:
 * ten thousand and more are counted once for all who look within a time that grows with them, two seconds for 200,000.
 */
export async function standingCounts(db: Db, of: OfIntegration): Promise<StandingCounts> {
  return await lately(`${of.workspaceId} ${of.integrationId}`, async () => {
    const [counts, reasons] = await Promise.all([
      statusCounts(db, of),
      reasonCounts(db, of.workspaceId, of.integrationId),
    ]);
    return { counts, reasons };
  });
}

const lately = sharedAnswers<StandingCounts>(({ counts }) => {
  const records = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return records < fewRecords ? 0 : Math.min(records / 100, longestMs);
});
