import { and, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { countOfWaitingRecords } from "@/db/queries/waiting-records";
import { type FuseSample, type FuseStop, integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { pendingRecords } from "@/db/schema/sync";
import { recordActivities } from "@/services/activities/record-activity";
import { raiseNotices } from "@/services/telling/raise-notices";
import { type BlownFuse, type PlannedWrite, plannedWrites } from "@/sync/fuses";
import type { PairPlan } from "@/sync/record-plan";
import { sides } from "@/sync/side";
import { bouncingMappings, maySwing } from "@/sync/turns";
import { harmfulWritesOf, valuesOf } from "./harm-of-work";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";

const shownSamples = 20;

/** Pauses an integration whose fuse has blown, with examples of what it was about to do. */
export async function stopByFuse(
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
  };
  await db.transaction(async (tx) => {
    const there = await prospectsThere(tx, all);
    const samples = all.filter(({ prospectId }) => prospectId === null || there.has(prospectId));
    const [pending] = await tx
      .select({ waiting: countOfWaitingRecords() })
      .from(pendingRecords)
      .where(eq(pendingRecords.integrationId, page.integrationId));
    const waiting = pending?.waiting ?? 0;
    const fuseStop: FuseStop = {
      ...blown,
      ...told,
      samples: samples.slice(0, shownSamples),
      at: now.toISOString(),
      waiting,
    };
    const stopped = await tx
      .update(integrations)
      .set({ state: "paused", fuseStop })
      .where(and(eq(integrations.id, page.integrationId), eq(integrations.state, "active")))
      .returning({ id: integrations.id });
    if (!stopped.length) return;
    const { workspaceId, integrationId } = page;
    await recordActivities(tx, [
      {
        workspaceId,
        integrationId,
        kind: "integration/stopped",
        changes: [{ field: blown.kind, label: blown.kind, before: null, after: String(blown.planned) }],
        cause: { kind: "system" },
      },
    ]);
    const params = { fuse: blown.kind, planned: blown.planned };
    await raiseNotices(tx, [{ workspaceId, integrationId, kind: "fuse_blown", params }]);
  });
}

/** Held until the end, so that nobody is erased between this look and the writing of their name. */
async function prospectsThere(tx: Tx, samples: FuseSample[]): Promise<Set<string>> {
  const ids = samples.flatMap(({ prospectId }) => prospectId ?? []);
  if (!ids.length) return new Set();
  const rows = await tx
    .select({ id: prospects.id })
    .from(prospects)
    .where(inArray(prospects.id, ids))
    .orderBy(prospects.id)
    .for("share");
  return new Set(rows.map(({ id }) => id));
}

/** What was about to happen to this record, as far as it is what the fuse is about. */
function samplesOf(page: PageContext, work: RecordWork, { kind }: BlownFuse): FuseSample[] {
  const { plan, prospect, contact, link } = work;
  // Allowed before, and no part of this question.
  if (kind !== "bounces" && !work.harm[kind]) return [];
  const about = {
    prospectId: prospectIdOf(work),
    contactId: contact?.id ?? link?.contactId ?? null,
    recordName: prospect?.name ?? contact?.name ?? "",
  };
  if (plan.kind === "remove" || plan.kind === "erase")
    return kind === "removals" ? [{ ...about, side: plan.on, field: null, before: null, after: null }] : [];
  if (plan.kind !== "pair") return [];
  const writes =
    kind === "bounces"
      ? bouncingWrites(page, plan, work)
      : harmfulWritesOf(work).filter((write) => write.kind === kind);
  return writes.map(({ side, field, before, after }) => ({ ...about, side, field, before, after }));
}

function bouncingWrites(page: PageContext, plan: PairPlan, work: RecordWork): PlannedWrite[] {
  const bouncing = bouncingMappings(work.turns, page.fuses.bounces);
  const writes = plannedWrites(plan, valuesOf(work));
  return page.planner.mappings
    .filter(({ id }) => bouncing.has(id))
    .flatMap((mapping) =>
      writes.filter(({ side, field }) => mapping.fields[side] === field && maySwing(plan, mapping, side)),
    );
}
