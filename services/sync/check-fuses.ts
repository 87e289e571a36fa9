import { and, eq, gte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { harmCounts } from "@/db/schema/safety";
import { answersAbout, type FuseAnswer, withAnswers } from "@/sync/fuse-answers";
import { addHarm, type BlownFuse, blownFuse, type Harm, noHarm } from "@/sync/fuses";
import { isOrdinary } from "@/sync/page-plan";
import { mostTurns } from "@/sync/turns";
import type { ClaimedRecord } from "./claim-pending";
import type { PageContext } from "./page-context";
import { planInput } from "./plan-page";
import type { RecordWork } from "./record-work";
import { stopByFuse } from "./stop-by-fuse";
import { waitingSince } from "./waiting-since";

const msPerMinute = 60_000;

/**
 * Holds a planned page against the fuses, before anything of it is written. What a person said to continue with
 * is not counted, and what was discarded is taken out of the plans. A blown fuse stops the integration and is
 * returned; then nothing of the page may be written.
 */
export async function checkFuses(
  db: Db,
  page: PageContext,
  works: RecordWork[],
  now: Date,
): Promise<{ works: RecordWork[]; blown: BlownFuse | null }> {
  const windowMs = page.fuses.windowMinutes * msPerMinute;
  const claimed = works.flatMap((work) => work.claimed);
  const asked = works.filter(
    (work) =>
      isUnanswered(page.fuseAnswers, work.claimed) &&
      mayBlow(page, answeredWork(page, work, [], now, windowMs)),
  );
  const waiting = await waitingSince(db, page.integrationId, asked);
  const answered = works.map((work) => {
    // A record that nothing was noticed of is in the page because of what was: an answer about that covers it.
    const noticed = firstNoticed(work.claimed.length ? work.claimed : claimed);
    const answers = answersAbout(page.fuseAnswers, Math.min(noticed, waiting.get(work) ?? noticed));
    return answeredWork(page, work, answers, now, windowMs);
  });
  const before = await harmWithin(db, page.integrationId, new Date(now.getTime() - windowMs));
  const harm = answered.reduce((sum, work) => addHarm(sum, work.harm), noHarm);
  const turns = Math.max(0, ...answered.map((work) => turnsOf(page, work)));
  const blown = blownFuse(page.fuses, before, { harm, turns });
  if (blown) await stopByFuse(db, page, answered, blown, now);
  return { works: answered, blown };
}

function turnsOf({ planner }: PageContext, { plan, turns }: RecordWork): number {
  return plan.kind === "pair" ? mostTurns(turns, plan, planner.mappings) : 0;
}

function mayBlow(page: PageContext, work: RecordWork): boolean {
  return Object.values(work.harm).some((count) => count > 0) || turnsOf(page, work) > page.fuses.bounces;
}

/** By what this page has claimed of it, some answer is not about it. */
function isUnanswered(answers: FuseAnswer[], claimed: ClaimedRecord[]): boolean {
  return claimed.length > 0 && answersAbout(answers, firstNoticed(claimed)).length < answers.length;
}

function firstNoticed(claimed: ClaimedRecord[]): number {
  return Math.min(...claimed.map(({ noticedAt }) => noticedAt.getTime()));
}

function answeredWork(
  page: PageContext,
  work: RecordWork,
  answers: FuseAnswer[],
  now: Date,
  windowMs: number,
): RecordWork {
  const { plan, turns, removedAt, contact } = work;
  if (!isOrdinary(plan)) return work;
  const { declinedRemoval, ...rest } = withAnswers(
    {
      plan,
      input: planInput(work),
      turns,
      removedAt,
      // Of a contact it is known when anything of it changed, also where its properties' histories were not asked for.
      latestChange: { snov: 0, hubspot: contact?.updatedAt.getTime() ?? 0 },
    },
    answers,
    { mappings: page.planner.mappings, bounces: page.fuses.bounces, windowMs, now: now.getTime() },
  );
  return { ...work, ...rest, declinedRemoval: work.declinedRemoval || declinedRemoval };
}

async function harmWithin(db: Db, integrationId: string, since: Date): Promise<Harm> {
  const total = (kind: keyof Harm) => sql<number>`coalesce(sum(${harmCounts[kind]}), 0)`.mapWith(Number);
  const [sum] = await db
    .select({
      removals: total("removals"),
      blankings: total("blankings"),
      overwrites: total("overwrites"),
    })
    .from(harmCounts)
    .where(and(eq(harmCounts.integrationId, integrationId), gte(harmCounts.minute, wholeMinute(since))));
  return sum ?? noHarm;
}

/** Harm is counted by whole minutes: the one in which the window begins belongs to it. */
function wholeMinute(time: Date): Date {
  return new Date(Math.floor(time.getTime() / msPerMinute) * msPerMinute);
}
