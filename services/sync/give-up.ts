import { and, count, eq, gt, inArray, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import type { Db } from "@/db/client";
import { runItems } from "@/db/schema/runs";
import { recordStatuses } from "@/db/schema/sync";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { mayPass } from "./blame";
import { referenceTo, refusedRecord, turnedAwayReasons, type Verdict } from "./outcome";

/**
 * Records that are given up alone within an hour because they were turned away, or got no answer. Of many, nothing tells
 * whether it is they or the account that HubSpot does not serve: the next ones wait.
 */
const mostInDoubt = 10;
const noAnswer = "no_answer";
const hourAgo = sql`now() - interval '1 hour'`;

/**
 * Whether the error of a record's own page, after all its tries, is the record's own. `where`: of what it was a page.
 * `isItsOwn`: HubSpot answers whoever else asks.
 */
export async function mayGiveUp(
  db: Db,
  error: unknown,
  where: { integrationId: string } | { runId: string },
  isItsOwn = false,
): Promise<boolean> {
  if (!isTurnedAway(error) && !isItsOwn) return !mayPass(error);
  return (await givenUpInDoubt(db, where)) < mostInDoubt;
}

/**
 * Whose fault it is that HubSpot gave no answer to the page of one record; null where it gave one. It is the record's where
 * HubSpot answers when nobody in particular is asked for, unless it says when to come again.
 */
export async function whoseSilence(
  deps: Pick<Deps, "db" | "budgetOf">,
  connectionId: string,
  error: unknown,
): Promise<"record" | "hubspot" | null> {
  if (!isNoAnswer(error)) return null;
  if (error.retryAfterMs !== undefined) return "hubspot";
  const { contacts } = await openConnection(deps, connectionId, "bulk");
  return await contacts.listPage(undefined, []).then(
    () => "record",
    () => "hubspot",
  );
}

export function isNoAnswer(error: unknown): error is RemoteError {
  return error instanceof RemoteError && error.kind === "transient";
}

async function givenUpInDoubt(db: Db, where: { integrationId: string } | { runId: string }): Promise<number> {
  const reasons = [...Object.values(turnedAwayReasons), noAnswer];
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
  if (isNoAnswer(error)) return { status: "failing", reason: noAnswer, detail: referenceTo(error) };
  return { status: "failing", reason: "unexpected", detail: referenceTo(error) };
}
