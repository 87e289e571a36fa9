import { and, eq, sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import { type PlannedChange, runs } from "@/db/schema/runs";
import type { StandingAnswer } from "@/db/schema/transfers";
import type { TransferPage } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import { isDecided } from "@/sync/fuses";
import { isEmpty } from "@/sync/value";
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
      const works = await withoutBeside(db, page, along);
      const beyond = works.flatMap((work) => {
        const item = itemOf(work);
        const changes = item ? markBeyond(item.changes, changesOf(page, work), work.plan) : [];
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
      return works.map((work) => {
        const item = itemOf(work);
        if (item && leftOut.has(item)) return { ...work, plan: { kind: "look_again" } };
        if (!["remove", "erase", "restore"].includes(work.plan.kind) || isAskedBack(work)) return work;
        if (item) left.add(item);
        return { ...work, plan: { kind: "look_again" } };
      });
    },
  };
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

/**
 * What people have answered for all of these fields; null where one of them was not asked about yet. Who let values be
 * replaced has not let them be emptied.
 */
function standingAnswerTo(
  changes: PlannedChange[],
  answers: StandingAnswer[],
): StandingAnswer["answer"] | null {
  const given = changes
    .filter(({ beyond }) => beyond)
    .map(({ side, field, after }) => {
      const given = answers.find((one) => one.side === side && one.field === field);
      return given?.answer === "continue" && isEmpty(after) && !given.empties ? undefined : given?.answer;
    });
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
