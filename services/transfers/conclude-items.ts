import { sql } from "drizzle-orm";
import { z } from "zod";
import { atOnce } from "@/db/at-once";
import type { Db, Tx } from "@/db/client";
import type { PlannedChange, PlannedOutcome, RunOutcome } from "@/db/schema/runs";
import type { RecordStatus } from "@/db/schema/sync";
import { markRecordsPending } from "@/services/pending/mark-pending";
import type { Outcome, Verdict } from "@/services/sync/outcome";
import type { PageContext, TransferPage } from "@/services/sync/page-context";
import type { RecordWork, UndoneWork } from "@/services/sync/record-work";
import { areSame, isAsShown } from "./beyond-preview";
import type { PageCheck } from "./check-preview";
import { type ClaimedItem, type ItemClaim, lockItems, lostLease } from "./claim-items";
import { type Counted, countDone, countPage, lockCounts } from "./count-done";
import { shownPlan } from "./show-record";

type Concluded = {
  item: ClaimedItem;
  outcome: RunOutcome;
  detail: Record<string, string>;
  changes: PlannedChange[];
  held: boolean;
};

/**
 * Saves what became of a page's records; those that go round again keep their turn. Throws `LostRace` where another page
 * has taken them over, so that nothing of this one is committed.
 */
export async function concludeItems(
  tx: Tx,
  page: TransferPage,
  { itemOf, isLeft, leftOut }: Pick<PageCheck, "itemOf" | "isLeft" | "leftOut">,
  claim: ItemClaim,
  outcomes: Map<RecordWork, Outcome>,
): Promise<void> {
  const { runId } = page;
  const concluded: Concluded[] = [];
  const left: { item: ClaimedItem; reason: string }[] = [];
  const unfinished: ClaimedItem[] = [];
  const again: AgainItem[] = [];
  for (const [work, outcome] of outcomes) {
    const item = itemOf(work);
    if (!item) continue;
    const unwanted = leftOut(item);
    if (work.undo?.left || work.left) unfinished.push(item);
    if (unwanted)
      concluded.push({
        item,
        outcome: "left_out",
        detail: { changed: "true" },
        changes: unwanted,
        held: false,
      });
    else if (isLeft(work)) left.push({ item, reason: work.undo?.reason ?? "removed_meanwhile" });
    else if (outcome.kind === "again") again.push({ item, refused: outcome.refused });
    else concluded.push({ item, ...cameTo(page, work, item, outcome) });
  }
  const removed = left.map(({ item, reason }) => ({
    item,
    outcome: "excluded" as const,
    detail: { reason },
    changes: [],
    held: false,
  }));
  const ended = [...concluded, ...removed];
  const touched = new Set([...ended, ...again].map(({ item }) => item));
  const untouched = claim.items.filter((item) => !touched.has(item));
  const [saved, given, transfer] = await atOnce([
    () => save(tx, runId, claim.lease, ended),
    () => comeAgain(tx, runId, claim.lease, again),
    () => lockCounts(tx, runId),
    () => lockItems(tx, runId, { lease: claim.lease, items: untouched }),
  ]);
  if (saved.length + given < touched.size) throw lostLease();
  if (transfer) await countPage(tx, runId, transfer, countsOf(saved));
  const records = [...unfinished, ...left.map(({ item }) => item)];
  await markRecordsPending(
    tx,
    page.integrationId,
    records.map(({ side, recordId: id }) => ({ side, id })),
  );
}

/** A record that ended page after page in an error. */
export async function setAside(
  db: Db,
  runId: string,
  lease: string,
  item: ClaimedItem,
  verdict: Verdict,
): Promise<void> {
  const detail = { ...verdict.detail, reason: verdict.reason ?? "" };
  const failed = { item, outcome: "failing" as const, detail, changes: item.changes, held: false };
  await db.transaction(async (tx) => countDone(tx, runId, countsOf(await save(tx, runId, lease, [failed]))));
}

function cameTo(
  page: PageContext,
  work: RecordWork,
  item: ClaimedItem,
  outcome: Exclude<Outcome, { kind: "again" }>,
): Omit<Concluded, "item"> {
  const { planned, changes, reason: skipped, held } = shownPlan(page, work);
  const isChanged = planned !== item.planned || !isAsShown(item.changes, changes);
  const changed: Record<string, string> = isChanged ? { changed: "true" } : {};
  const came = (outcome: RunOutcome, told: Record<string, string> = {}, isHeld = false) => ({
    outcome,
    detail: { ...changed, ...told },
    changes,
    held: isHeld,
  });
  if (outcome.kind === "forget")
    return work.plan.kind === "take_back"
      ? came("taken_back")
      : came("excluded", { reason: work.undo?.reason ?? "gone" });
  const { verdict } = outcome;
  const { status, reason, detail } = verdict;
  if (work.undo && !isRefused(work, work.undo, status)) {
    const undone = planned === "put_back" ? planned : planned === "take_back" ? "taken_back" : "excluded";
    return came(undone, skipped ? { reason: skipped } : {});
  }
  const told = { ...detail, ...(reason ? { reason } : {}) };
  const done = doneTo(work, item, planned, changes);
  if (status === "in_sync") return came(done);
  if (work.undo || !hasTravelled(verdict, done, item)) return came(status, told);
  // What stays is among the changes, but for what is no mapped field.
  return came(done, held ? {} : told, true);
}

/**
 * Whether a field that stays as it is is all that is to be told: what else there was to do is done, or the preview had
 * shown that nothing but this field is left.
 */
function hasTravelled({ held }: Verdict, done: RunOutcome, item: ClaimedItem): boolean {
  return held !== undefined && (done !== "unchanged" || (held === "known" && item.held));
}

/** HubSpot did not take all that an undo had for it; that other fields fail is no matter of the undo. */
function isRefused({ plan }: RecordWork, { fields }: UndoneWork, status: RecordStatus): boolean {
  if (status !== "failing") return false;
  return plan.kind === "pair" ? (plan.undoes?.length ?? 0) < fields : plan.kind === "take_back";
}

function doneTo(
  { link }: RecordWork,
  item: ClaimedItem,
  planned: PlannedOutcome,
  changes: PlannedChange[],
): RunOutcome {
  // One that this transfer took out of the trash comes round once more, with its partner.
  const isBack = item.planned === "create" && link?.declined.creation !== undefined;
  if (planned === "create" || isBack) return "created";
  return changes.some(({ kept }) => !kept) ? "updated" : "unchanged";
}

const Saved = z.array(z.object({ outcome: z.custom<RunOutcome>(), changed: z.boolean(), held: z.number() }));

type Saved = z.infer<typeof Saved>;

/** Those of them that are the page's still. */
async function save(tx: Tx, runId: string, lease: string, concluded: Concluded[]): Promise<Saved> {
  if (!concluded.length) return [];
  // What is as it was shown is there already.
  const rows = concluded.map(
    ({ item: { side, recordId, held: before, changes: shown }, changes, ...rest }) => ({
      side,
      recordId,
      before,
      ...(areSame(shown, changes) ? {} : { changes }),
      ...rest,
    }),
  );
  const returned = await tx.execute(sql`
    update run_items i set outcome = x.outcome, changes = coalesce(x.changes, i.changes, '[]'), held = x.held,
      leased_until = null, at = now(),
      detail = x.detail || case when i.detail ? 'changed' then jsonb_build_object('changed', i.detail->'changed') else '{}' end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(side text, "recordId" text, outcome text, detail jsonb, changes jsonb, held boolean, before boolean)
    where i.run_id = ${runId}::uuid and i.side = x.side and i.record_id = x."recordId"
      and i.lease = ${lease}::uuid and i.outcome = 'planned'
    returning i.outcome, i.detail ? 'changed' as changed, x.held::int - x.before::int as held`);
  return Saved.parse([...returned]);
}

function countsOf(saved: Saved): Counted {
  const done: Partial<Record<RunOutcome, number>> = {};
  for (const { outcome } of saved) done[outcome] = (done[outcome] ?? 0) + 1;
  return {
    done,
    changed: saved.filter(({ changed }) => changed).length,
    held: saved.reduce((sum, { held }) => sum + held, 0),
  };
}

type AgainItem = { item: ClaimedItem; refused: boolean };

/**
 * Those that somebody moved while we looked have their next turn in a second, and nothing of it was a failure. What HubSpot
 * refused counts as a try: after so many of them its answer stands. Returns how many.
 */
async function comeAgain(tx: Tx, runId: string, lease: string, again: AgainItem[]): Promise<number> {
  if (!again.length) return 0;
  const named = again.map(({ item: { side, recordId }, refused }) => ({ side, recordId, refused }));
  const given = await tx.execute(sql`
    update run_items i set lease = null,
      leased_until = now() + make_interval(secs => case when x.refused then i.attempts * 2 else 1 end),
      attempts = greatest(i.attempts - case when x.refused then 0 else 1 end, 0)
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as x(side text, "recordId" text, refused boolean)
    where i.run_id = ${runId}::uuid and i.side = x.side and i.record_id = x."recordId"
      and i.lease = ${lease}::uuid and i.outcome = 'planned'
    returning 1`);
  return given.length;
}
