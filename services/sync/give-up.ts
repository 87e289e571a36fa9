import { and, count, eq, gt, gte, inArray, isNull, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import type { Db } from "@/db/client";
import { runItems } from "@/db/schema/runs";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import { errorFields, log } from "@/lib/log";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { mayPass } from "./blame";
import { triesInCompany } from "./claim-pending";
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
 * `isItsOwn`: HubSpot takes what others write.
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
 * HubSpot answers who writes to nobody, unless it says when to come again. Where many records fail alike even that tells
 * nothing: then it is theirs only while others are written.
 */
export async function whoseSilence(
  deps: Pick<Deps, "db" | "budgetOf">,
  { connectionId, integrationId }: { connectionId: string; integrationId: string },
  error: unknown,
  where: { integrationId: string } | { runId: string },
): Promise<"record" | "hubspot" | null> {
  if (!isNoAnswer(error)) return null;
  if (error.retryAfterMs !== undefined || !(await answersWrites(deps, connectionId))) return "hubspot";
  const failAlike = await manyWereTried(deps.db, where);
  return failAlike && !(await isWrittenLately(deps.db, integrationId)) ? "hubspot" : "record";
}

/** Whether HubSpot takes writes at all: reads may be answered while it takes none. No contact has this id, so nothing is written. */
async function answersWrites(deps: Pick<Deps, "db" | "budgetOf">, connectionId: string): Promise<boolean> {
  const { contacts } = await openConnection(deps, connectionId, "bulk");
  const answer = await contacts.update([{ id: "0", properties: { firstname: "" } }]).then(
    (outcomes) => [...outcomes.values()].find((outcome) => !outcome.ok),
    (error: unknown) => ({ ok: false as const, error }),
  );
  if (!answer) return true;
  const { error } = answer;
  if (!(error instanceof RemoteError)) throw error;
  const isAnswer = !mayPass(error);
  if (!isAnswer) log.warn("give-up/no-answer", errorFields(error));
  return isAnswer;
}

/** Whether many records wait for another try. That of the page does not yet, nor do those of pages that are under way. */
async function manyWereTried(db: Db, where: { integrationId: string } | { runId: string }): Promise<boolean> {
  const tried =
    "runId" in where
      ? db
          .select({ one: sql`1` })
          .from(runItems)
          .where(
            and(
              eq(runItems.runId, where.runId),
              eq(runItems.outcome, "planned"),
              gt(runItems.attempts, 0),
              isNull(runItems.lease),
            ),
          )
      : db
          .select({ one: sql`1` })
          .from(pendingRecords)
          .where(
            and(
              eq(pendingRecords.integrationId, where.integrationId),
              gte(pendingRecords.attempts, triesInCompany),
            ),
          );
  // An outage leaves as many of them as there are.
  return (await tried.limit(mostInDoubt)).length === mostInDoubt;
}

/** Whether HubSpot has taken another record within the pause before a record's last tries. */
async function isWrittenLately(db: Db, integrationId: string): Promise<boolean> {
  const [row] = await db.execute<{ lately: boolean }>(sql`
    select exists (
      select 1 from (select side, at from activities where integration_id = ${integrationId}::uuid order by id desc limit 500) latest
      where side = 'hubspot' and at > now() - interval '1 minute') as lately`);
  return row?.lately === true;
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
              eq(runItems.outcome, "failing"),
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
