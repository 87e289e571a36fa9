import { and, eq, gte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { FuseAnswer } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { type DeclinedHarm, declineHarm } from "@/sync/decline";
import { addHarm, type BlownFuse, blownFuse, fuseKinds, type Harm, noHarm } from "@/sync/fuses";
import { bouncingMappings, mostTurns, turnsAfter } from "@/sync/turns";
import type { ClaimedRecord } from "./claim-pending";
import { harmOfWork, isOrdinary } from "./harm-of-work";
import type { PageContext } from "./page-context";
import { planInput } from "./plan-page";
import type { RecordWork } from "./record-work";
import { stopByFuse } from "./stop-by-fuse";

const msPerMinute = 60_000;

/**
 * Holds a planned page against the fuses, before anything of it is written. What a person said to continue with
 * is not counted, and what was discarded is taken out of the plans. A blown fuse stops the integration and is
 * returned; then nothing of the page may be written.
 */
export async function guardPage(
  db: Db,
  page: PageContext,
  works: RecordWork[],
  now: Date,
): Promise<{ works: RecordWork[]; blown: BlownFuse | null }> {
  const windowMs = page.fuses.windowMinutes * msPerMinute;
  const claimed = works.flatMap((work) => work.claimed);
  const guarded = works.map((work) => {
    // A record that nothing was noticed of is in the page because of what was: an answer about that covers it.
    const answers = answersAbout(page, work.claimed.length ? work.claimed : claimed);
    return guard(page, work, answers, now.getTime(), windowMs);
  });
  const before = await harmWithin(db, page.integrationId, new Date(now.getTime() - windowMs));
  const harm = guarded.reduce((sum, work) => addHarm(sum, work.harm), noHarm);
  const turns = Math.max(
    0,
    ...guarded.map(({ plan, turns }) =>
      plan.kind === "pair" ? mostTurns(turns, plan, page.planner.mappings) : 0,
    ),
  );
  const blown = blownFuse(page.fuses, before, { harm, turns });
  if (blown) await stopByFuse(db, page, guarded, blown, now);
  return { works: guarded, blown };
}

function guard(
  page: PageContext,
  work: RecordWork,
  answers: FuseAnswer[],
  now: number,
  windowMs: number,
): RecordWork {
  const turnsOf = ({ plan, turns }: RecordWork) =>
    plan.kind === "pair" ? turnsAfter(turns, plan, page.planner.mappings, now, windowMs) : turns;
  const bouncingIn = (left: RecordWork) => bouncingMappings(turnsOf(left), page.fuses.bounces);
  const next = answers
    .filter(({ answer }) => answer === "discard")
    .reduce((left, { kind }) => decline(page, left, { kind, mappingIds: bouncingIn(left) }), work);
  return answers.reduce(uncounted, { ...next, turns: turnsOf(next), harm: harmOfWork(next) });
}

function decline(page: PageContext, work: RecordWork, harm: DeclinedHarm): RecordWork {
  if (!isOrdinary(work.plan)) return work;
  const { plan, removal } = declineHarm(work.plan, harm, page.planner.mappings, planInput(work));
  return { ...work, plan, declinedRemoval: work.declinedRemoval || removal };
}

function uncounted(work: RecordWork, { kind }: FuseAnswer): RecordWork {
  return kind === "bounces" ? { ...work, turns: {} } : { ...work, harm: { ...work.harm, [kind]: 0 } };
}

/**
 * An answer is about what had been noticed when it was given; a later one about the same harm changes nothing for
 * that. A late notice of a record does not take back a "continue"; a "discard" is never stretched over a newer edit.
 */
function answersAbout({ fuseAnswers }: PageContext, claimed: ClaimedRecord[]): FuseAnswer[] {
  const decides = {
    continue: Math.min(...claimed.map(({ noticedAt }) => noticedAt.getTime())),
    discard: Math.max(...claimed.map(({ latestNoticeAt }) => latestNoticeAt.getTime())),
  };
  const about = fuseAnswers.filter(({ answer, noticedUntil }) => decides[answer] <= Date.parse(noticedUntil));
  return fuseKinds.flatMap((kind) => about.find((answer) => answer.kind === kind) ?? []);
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
