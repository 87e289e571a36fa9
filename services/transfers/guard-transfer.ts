import { and, eq, sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import { type PlannedChange, runs } from "@/db/schema/runs";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import { isAskedBack } from "./asked-anew";
import { beyondPreview } from "./beyond-preview";
import { changesOf } from "./changes-of";
import { type ClaimedItem, type ItemClaim, renewItems } from "./claim-items";

export type GuardedPage = {
  guard(db: Db, works: RecordWork[], hubspot: HubspotClient): Promise<RecordWork[] | null>;
  /** The record of the preview that a piece of work is of. */
  itemOf(work: RecordWork): ClaimedItem | undefined;
  /** Works that are the ordinary line's and not a transfer's: something was removed. */
  isLeft(work: RecordWork): boolean;
};

/** Holds a page's plans against what its preview showed, before anything of it is written. */
export function guardTransfer(page: PageContext, claim: ItemClaim): GuardedPage {
  const itemOf = itemFinder(claim.items);
  const left = new Set<ClaimedItem>();
  return {
    itemOf,
    isLeft: (work) => left.has(itemOf(work) as ClaimedItem),
    async guard(db, works) {
      const asked = works.flatMap((work) => {
        const item = itemOf(work);
        const changes = changesOf(page, work);
        return item && beyondPreview(item.changes, changes).length ? [{ item, changes }] : [];
      });
      if (asked.length) {
        await ask(db, page.runId ?? "", claim, asked);
        return null;
      }
      return works.map((work) => {
        if (!["remove", "erase", "restore"].includes(work.plan.kind) || isAskedBack(work)) return work;
        const item = itemOf(work);
        if (item) left.add(item);
        return { ...work, plan: { kind: "look_again" } };
      });
    },
  };
}

export function itemFinder(items: ClaimedItem[]): GuardedPage["itemOf"] {
  const byName = new Map(items.map((item) => [`${item.side}:${item.recordId}`, item]));
  return ({ claimed }) => claimed.flatMap(({ side, recordId }) => byName.get(`${side}:${recordId}`) ?? [])[0];
}

/** The transfer stops; what would happen now takes the place of what was shown. */
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
      update run_items i set outcome = 'asked', changes = x.changes, planned = 'update', leased_until = null, at = now(),
        detail = i.detail || '{"changed": "true"}'
      from jsonb_to_recordset(${given}::jsonb) as x(side text, "recordId" text, changes jsonb)
      where i.run_id = ${runId}::uuid and i.side = x.side and i.record_id = x."recordId"`);
  });
}
