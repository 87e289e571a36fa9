import { and, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { countOfWaitingRecords } from "@/db/queries/waiting-records";
import { type FuseAnswer, type FuseSample, type FuseStop, integrations } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { pendingRecords } from "@/db/schema/sync";
import { recordActivities } from "@/services/activities/record-activity";
import { type DeclinedHarm, declineHarm } from "@/sync/decline";
import {
  addHarm,
  type BlownFuse,
  blownFuse,
  fuseKinds,
  type Harm,
  harmfulWrites,
  noHarm,
  type PlannedWrite,
  plannedWrites,
} from "@/sync/fuses";
import type { PairPlan } from "@/sync/record-plan";
import { sides } from "@/sync/side";
import { bouncingMappings, mostTurns, turnsAfter } from "@/sync/turns";
import type { ClaimedRecord } from "./claim-pending";
import { harmOfWork, valuesOf } from "./harm-of-work";
import type { PageContext } from "./page-context";
import { planInput } from "./plan-page";
import type { RecordWork } from "./record-work";

const shownSamples = 20;
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
  const turns = Math.max(0, ...guarded.map((work) => mostTurns(work.turns)));
  const blown = blownFuse(page.fuses, before, { harm, turns });
  if (blown) await stopIntegration(db, page, guarded, blown, now);
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
  if (work.plan.kind === "look_again" || work.plan.kind === "outlived") return work;
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
  const noticed = claimed.map(({ noticedAt }) => noticedAt.getTime());
  const decides = { continue: Math.min(...noticed), discard: Math.max(...noticed) };
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
    .where(and(eq(harmCounts.integrationId, integrationId), gt(harmCounts.minute, since)));
  return sum ?? noHarm;
}

async function stopIntegration(
  db: Db,
  page: PageContext,
  works: RecordWork[],
  blown: BlownFuse,
  now: Date,
): Promise<void> {
  const all = works.flatMap((work) => samplesOf(page, work, blown));
  const told = {
    windowMinutes: page.fuses.windowMinutes,
    sides: sides.filter((side) => all.some((sample) => sample.side === side)),
    samples: all.slice(0, shownSamples),
  };
  await db.transaction(async (tx) => {
    const [pending] = await tx
      .select({ waiting: countOfWaitingRecords() })
      .from(pendingRecords)
      .where(eq(pendingRecords.integrationId, page.integrationId));
    const waiting = pending?.waiting ?? 0;
    const fuseStop: FuseStop = { ...blown, ...told, at: now.toISOString(), waiting };
    const stopped = await tx
      .update(integrations)
      .set({ state: "paused", fuseStop })
      .where(and(eq(integrations.id, page.integrationId), eq(integrations.state, "active")))
      .returning({ id: integrations.id });
    if (stopped.length)
      await recordActivities(tx, [
        {
          workspaceId: page.workspaceId,
          integrationId: page.integrationId,
          kind: "integration/stopped",
          changes: [{ field: blown.kind, label: blown.kind, before: null, after: String(blown.planned) }],
          cause: { kind: "system" },
        },
      ]);
  });
}

/** What was about to happen to this record, as far as it is what the fuse is about. */
function samplesOf(page: PageContext, work: RecordWork, { kind }: BlownFuse): FuseSample[] {
  const { plan, prospect, contact } = work;
  const about = {
    recordIds: [prospect?.id, contact?.id].filter((id) => id !== undefined),
    recordName: prospect?.name ?? contact?.name ?? "",
  };
  if (plan.kind === "remove" || plan.kind === "erase")
    return kind === "removals" ? [{ ...about, side: plan.on, field: null, before: null, after: null }] : [];
  if (plan.kind !== "pair") return [];
  const writes =
    kind === "bounces"
      ? bouncingWrites(page, plan, work)
      : harmfulWrites(plan, valuesOf(work)).filter((write) => write.kind === kind);
  return writes.map(({ side, field, before, after }) => ({ ...about, side, field, before, after }));
}

function bouncingWrites(page: PageContext, plan: PairPlan, work: RecordWork): PlannedWrite[] {
  const bouncing = bouncingMappings(work.turns, page.fuses.bounces);
  const writes = plannedWrites(plan, valuesOf(work));
  return page.planner.mappings
    .filter(({ id }) => bouncing.has(id))
    .flatMap(({ fields }) => writes.filter(({ side, field }) => fields[side] === field));
}
