import { and, eq, gte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { FuseAnswer } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { type DeclinedHarm, declineHarm } from "@/sync/decline";
import {
  addHarm,
  type BlownFuse,
  blownFuse,
  type FuseKind,
  fuseKinds,
  type Harm,
  noHarm,
} from "@/sync/fuses";
import { ownValue } from "@/sync/own-value";
import { isOrdinary } from "@/sync/page-plan";
import { otherSide, type Side } from "@/sync/side";
import { bouncingMappings, mostTurns, turnsAfter } from "@/sync/turns";
import type { ClaimedRecord } from "./claim-pending";
import { harmfulWritesOf, harmOfWork } from "./harm-of-work";
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
export async function checkFuses(
  db: Db,
  page: PageContext,
  works: RecordWork[],
  now: Date,
): Promise<{ works: RecordWork[]; blown: BlownFuse | null }> {
  const windowMs = page.fuses.windowMinutes * msPerMinute;
  const claimed = works.flatMap((work) => work.claimed);
  const answered = works.map((work) => {
    // A record that nothing was noticed of is in the page because of what was: an answer about that covers it.
    const answers = answersAbout(page, work.claimed.length ? work.claimed : claimed);
    return withAnswers(page, work, answers, now.getTime(), windowMs);
  });
  const before = await harmWithin(db, page.integrationId, new Date(now.getTime() - windowMs));
  const harm = answered.reduce((sum, work) => addHarm(sum, work.harm), noHarm);
  const turns = Math.max(
    0,
    ...answered.map(({ plan, turns }) =>
      plan.kind === "pair" ? mostTurns(turns, plan, page.planner.mappings) : 0,
    ),
  );
  const blown = blownFuse(page.fuses, before, { harm, turns });
  if (blown) await stopByFuse(db, page, answered, blown, now);
  return { works: answered, blown };
}

function withAnswers(
  page: PageContext,
  work: RecordWork,
  answers: FuseAnswer[],
  now: number,
  windowMs: number,
): RecordWork {
  const turnsAt = (time: number, { plan, turns }: RecordWork) =>
    plan.kind === "pair" ? turnsAfter(turns, plan, page.planner.mappings, time, windowMs) : turns;
  // Turns grow old while a person thinks: what bounced when the fuse blew is what the answer is about.
  const bouncingIn = (left: RecordWork, { stoppedAt, noticedUntil }: FuseAnswer) =>
    bouncingMappings(turnsAt(Date.parse(stoppedAt ?? noticedUntil), left), page.fuses.bounces);
  const given = fuseKinds.flatMap((kind) => answerTo(page, work, answers, kind) ?? []);
  const next = given
    .filter(({ answer }) => answer === "discard")
    .reduce((left, answer) => decline(page, left, answer, bouncingIn(left, answer)), work);
  return given.reduce((left, answer) => uncounted(page, left, answer), {
    ...next,
    turns: turnsAt(now, next),
    harm: harmOfWork(next),
  });
}

/** The first answer that all of this harm came before; else the first one at all, which says nothing of what came later. */
function answerTo(
  page: PageContext,
  work: RecordWork,
  answers: FuseAnswer[],
  kind: FuseKind,
): FuseAnswer | undefined {
  const about = answers.filter((answer) => answer.kind === kind);
  const latest = Math.max(0, ...timesOfHarm(page, work, kind));
  return about.find(({ noticedUntil }) => latest <= Date.parse(noticedUntil)) ?? about[0];
}

function decline(
  page: PageContext,
  work: RecordWork,
  { kind, noticedUntil }: FuseAnswer,
  bouncing: Set<string>,
): RecordWork {
  if (!isOrdinary(work.plan)) return work;
  const until = Date.parse(noticedUntil);
  if (kind === "removals" && (removedAt(work) ?? until) > until) return work;
  const harm: DeclinedHarm =
    kind === "bounces"
      ? { kind, mappingIds: bouncing }
      : { kind, isNewer: (side, field) => (changedAt(page, work, side, field) ?? until) > until };
  const { plan, removal } = declineHarm(work.plan, harm, page.planner.mappings, planInput(work));
  return { ...work, plan, declinedRemoval: work.declinedRemoval || removal };
}

/** What is known to have come later is harm like any other; so is what may have. */
function uncounted(page: PageContext, work: RecordWork, { kind, noticedUntil }: FuseAnswer): RecordWork {
  if (kind === "bounces") return { ...work, turns: {} };
  const until = Date.parse(noticedUntil);
  return timesOfHarm(page, work, kind).some((at) => at > until)
    ? work
    : { ...work, harm: { ...work.harm, [kind]: 0 } };
}

/** When each harm of this kind came about, or may have at the latest. */
function timesOfHarm(page: PageContext, work: RecordWork, kind: FuseKind): number[] {
  if (kind === "removals") return [removedAt(work) ?? 0];
  return harmfulWritesOf(work)
    .filter((write) => write.kind === kind)
    .map(({ side, field }) => changedAt(page, work, side, field) ?? latestChange(work, side));
}

function removedAt({ plan, removedAt }: RecordWork): number | undefined {
  return plan.kind === "remove" || plan.kind === "erase" ? removedAt[otherSide(plan.on)] : undefined;
}

/** When the value that is to be written was given on the other side, where that is known. */
function changedAt({ planner }: PageContext, work: RecordWork, to: Side, field: string): number | undefined {
  const mapping = planner.mappings.find(({ fields }) => fields[to] === field);
  const from = to === "snov" ? work.contact : work.prospect;
  return mapping && ownValue(from?.changedAt ?? {}, mapping.fields[otherSide(to)]);
}

/** Of a contact it is known when anything of it changed, also where its properties' histories were not asked for. */
function latestChange({ contact }: RecordWork, to: Side): number {
  return to === "snov" ? (contact?.updatedAt.getTime() ?? 0) : 0;
}

/**
 * An answer is about what had been noticed when it was given, and happened before; a later one about the same harm
 * changes nothing for that. That something is noticed again, late or twice, changes nothing either.
 */
function answersAbout({ fuseAnswers }: PageContext, claimed: ClaimedRecord[]): FuseAnswer[] {
  const noticed = Math.min(...claimed.map(({ noticedAt }) => noticedAt.getTime()));
  return fuseAnswers.filter(({ noticedUntil }) => noticed <= Date.parse(noticedUntil));
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
