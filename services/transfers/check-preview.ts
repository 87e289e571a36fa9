import { and, eq, sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import { type PlannedChange, runs } from "@/db/schema/runs";
import type { StandingAnswer } from "@/db/schema/transfers";
import type { PageContext, TransferPage } from "@/services/sync/page-context";
import { planInput } from "@/services/sync/plan-page";
import type { RecordWork } from "@/services/sync/record-work";
import { withoutEdits } from "@/sync/decline";
import { isDecided } from "@/sync/fuses";
import { alongDirection } from "./along-direction";
import { isAskedBack } from "./asked-anew";
import { withoutBeside } from "./beside-works";
import { beyondPreview } from "./beyond-preview";
import { changesOf } from "./changes-of";
import { type ClaimedItem, type ItemClaim, renewItems } from "./claim-items";
import type { OpenTransfer } from "./open-transfer";
import { standingFields } from "./standing-fields";

export type PageCheck = {
  check(db: Db, works: RecordWork[], hubspot: HubspotClient): Promise<RecordWork[] | null>;
  /** The record of the preview that a piece of work is of. */
  itemOf(work: RecordWork): ClaimedItem | undefined;
  /** Works that are the ordinary line's and not a transfer's: something was removed. */
  isLeft(work: RecordWork): boolean;
  /** What would have happened to a record that a person's answer leaves out. */
  leftOut(item: ClaimedItem): PlannedChange[] | undefined;
};

type CheckedTransfer = Pick<OpenTransfer, "answers" | "fromSnov" | "fromHubspot">;

/** Holds a page's plans against what its preview showed, before anything of it is written. */
export function checkPreview(page: TransferPage, claim: ItemClaim, transfer: CheckedTransfer): PageCheck {
  const itemOf = itemFinder(claim.items);
  const left = new Set<ClaimedItem>();
  const leftOut = new Map<ClaimedItem, PlannedChange[]>();
  return {
    itemOf,
    isLeft: (work) => {
      const item = itemOf(work);
      return item !== undefined && left.has(item);
    },
    leftOut: (item) => leftOut.get(item),
    async check(db, planned) {
      const along = planned.map((work) => alongDirection(page, transfer, work));
      const held = (await withoutBeside(db, page, along)).map((work) =>
        againstShown(page, work, itemOf(work)?.changes ?? []),
      );
      const beyond = held.flatMap(({ work, changes }) => {
        const item = itemOf(work);
        const answer = standingAnswerTo(changes, transfer.answers);
        if (!item || answer === "continue") return [];
        return [{ item, changes: [...changes, ...standingFields(page, work)], answer }];
      });
      const asked = beyond.filter(({ answer }) => answer === null);
      if (asked.length) {
        await ask(db, page.runId, claim, asked);
        return null;
      }
      for (const { item, changes } of beyond) leftOut.set(item, changes);
      return held.map(({ work }) => {
        const item = itemOf(work);
        if (item && leftOut.has(item)) return { ...work, plan: { kind: "look_again" } };
        if (!["remove", "erase", "restore"].includes(work.plan.kind) || isAskedBack(work)) return work;
        if (item) left.add(item);
        return { ...work, plan: { kind: "look_again" } };
      });
    },
  };
}

/**
 * What a plan changes, and what of that goes beyond what was shown. What somebody has edited since, after both sides had
 * agreed on it, is left out: it travels with or without a transfer.
 */
function againstShown(
  page: PageContext,
  work: RecordWork,
  shown: PlannedChange[],
): { work: RecordWork; changes: PlannedChange[] } {
  const { plan } = work;
  const changes = markBeyond(shown, changesOf(page, work), plan);
  const beyond = changes.filter((change) => change.beyond);
  if (plan.kind !== "pair" || !beyond.length) return { work, changes };
  const left = withoutEdits(plan, beyond, page.planner.mappings, planInput(work));
  if (!left.waiting?.length) return { work, changes };
  const narrowed = { ...work, plan: left, left: true };
  return { work: narrowed, changes: markBeyond(shown, changesOf(page, narrowed), left) };
}

/** What a person has decided about a conflict since is nothing to ask about. */
function markBeyond(
  shown: PlannedChange[],
  planned: PlannedChange[],
  plan: RecordWork["plan"],
): PlannedChange[] {
  const asked = planned.filter((change) => plan.kind !== "pair" || !isDecided(plan, change));
  const beyond = new Set(beyondPreview(shown, asked));
  return planned.map((change) => (beyond.has(change) ? { ...change, beyond: true } : change));
}

/** What people have answered for all of these fields; null where one of them was not asked about yet. */
function standingAnswerTo(
  changes: PlannedChange[],
  answers: StandingAnswer[],
): StandingAnswer["answer"] | null {
  const given = changes
    .filter(({ beyond }) => beyond)
    .map(({ side, field }) => answers.find((one) => one.side === side && one.field === field)?.answer);
  if (given.includes("leave_out")) return "leave_out";
  return given.includes(undefined) ? null : "continue";
}

export function itemFinder(items: ClaimedItem[]): PageCheck["itemOf"] {
  const byName = new Map(items.map((item) => [`${item.side}:${item.recordId}`, item]));
  return ({ claimed }) => claimed.flatMap(({ side, recordId }) => byName.get(`${side}:${recordId}`) ?? [])[0];
}

/** The transfer stops, and shows what would happen now. What its preview had planned for the record stays told. */
async function ask(
  db: Db,
  runId: string,
  claim: ItemClaim,
  asked: { item: ClaimedItem; changes: PlannedChange[] }[],
): Promise<void> {
  const given = JSON.stringify(
    asked.map(({ item: { side, recordId }, changes }) => ({ side, recordId, changes })),
  );
  await db.transaction(async (tx) => {
    await renewItems(tx, runId, claim);
    const stopped = await tx
      .update(runs)
      .set({ state: "asking" })
      .where(and(eq(runs.id, runId), eq(runs.state, "running")))
      .returning({ id: runs.id });
    // Paused or cancelled meanwhile: it asks when it goes on.
    if (!stopped.length) return;
    await tx.execute(sql`
      update run_items i set outcome = 'asked', changes = x.changes, leased_until = null, at = now(),
        detail = i.detail || '{"changed": "true"}'
      from jsonb_to_recordset(${given}::jsonb) as x(side text, "recordId" text, changes jsonb)
      where i.run_id = ${runId}::uuid and i.side = x.side and i.record_id = x."recordId"`);
  });
}
