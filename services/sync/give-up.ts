import { and, count, eq, gt, inArray, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import type { Db } from "@/db/client";
import { runItems } from "@/db/schema/runs";
import { recordStatuses } from "@/db/schema/sync";
import { mayPass } from "./blame";
import { referenceTo, refusedRecord, turnedAwayReasons, type Verdict } from "./outcome";

/**
 * Records that are given up alone within an hour because they were turned away. Nothing tells then whether it is they or
 * the account that HubSpot does not let in: the next ones wait.
 */
const mostTurnedAway = 10;
const hourAgo = sql`now() - interval '1 hour'`;

/** Whether the error of a record's own page, after all its tries, is the record's own. `where`: of what it was a page. */
export async function mayGiveUp(
  db: Db,
  error: unknown,
  where: { integrationId: string } | { runId: string },
): Promise<boolean> {
  if (!isTurnedAway(error)) return !mayPass(error);
  return (await turnedAwayOf(db, where)) < mostTurnedAway;
}

async function turnedAwayOf(db: Db, where: { integrationId: string } | { runId: string }): Promise<number> {
  const reasons = Object.values(turnedAwayReasons);
  const [shown] =
    "runId" in where
      ? await db
          .select({ records: count() })
          .from(runItems)
          .where(
            and(
              eq(runItems.runId, where.runId),
              gt(runItems.at, hourAgo),
              inArray(sql`${runItems.detail} ->> 'reason'`, reasons),
            ),
          )
      : await db
          .select({ records: count() })
          .from(recordStatuses)
          .where(
            and(
              eq(recordStatuses.integrationId, where.integrationId),
              gt(recordStatuses.at, hourAgo),
              inArray(recordStatuses.reason, reasons),
            ),
          );
  return shown?.records ?? 0;
}

/** What is shown of a record that is given up. */
export function verdictOn(error: unknown): Verdict {
  if (!(error instanceof RemoteError)) return { status: "failing", reason: "unexpected", detail: {} };
  if (isTurnedAway(error)) return refusedRecord(error);
  return { status: "failing", reason: "unexpected", detail: referenceTo(error) };
}
