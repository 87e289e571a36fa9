import { lockForEdit } from "@/connectors/prospects/lock-prospects";
import { atOnce } from "@/db/at-once";
import type { Db, Tx } from "@/db/client";
import { isDeadlock, isUniqueViolation } from "@/db/refusal";
import { recordActivities } from "@/services/activities/record-activity";
import { countChanges } from "@/services/figures/count-changes";
import { markProspectsPending } from "@/services/pending/mark-pending";
import { sides } from "@/sync/side";
import { writesTo } from "@/sync/writes-to";
import { activitiesOf, appliedBefore, leftAsChosen } from "./activities-of";
import type { Claim } from "./claim-pending";
import { saveConflicts } from "./commit-conflicts";
import { saveLinks, saveScopes } from "./commit-links";
import { holdLease, markBearers, markUnclaimed, settlePending } from "./commit-pending";
import { writeProspects } from "./commit-prospects";
import { commitRemovals } from "./commit-removals";
import { saveSeenContacts, saveStatuses } from "./commit-statuses";
import { countHarm } from "./count-harm";
import type { Delivered } from "./deliver-page";
import { emptyMergedBases, endGivenUp } from "./end-links";
import { LostRace } from "./lost-race";
import { markDisputed } from "./mark-disputed";
import { lockForCommit, withMovedLinks } from "./moved-links";
import { broughtTogether, excluded, inConflict, lookAgain, type Outcome, refusedOutcome } from "./outcome";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";
import { dropRefused } from "./refused-fields";
import { settleUnconfirmed } from "./unconfirmed-writes";
import { untoldUndoes } from "./untold-undoes";

export type PageCounts = { claimed: number; toHubspot: number; toSnov: number; again: number };
export type CommittedPage = { counts: PageCounts; wake: string[] };

/** What whoever asked for the page keeps of it, in the transaction of its commit. */
export type Conclude = (tx: Tx, outcomes: Map<RecordWork, Outcome>) => Promise<void>;

/**
 * Writes what a page concluded, in one transaction: prospects, links with their bases, conflicts,
 * statuses, activities, and the removal of the pending rows. Whatever moved meanwhile goes round again. It holds rows in the
 * order that docs/decisions/order-of-locks.md gives to everybody, before it writes any. Throws `LostRace` where somebody was faster.
 */
export async function commitPage(
  db: Db,
  page: PageContext,
  claim: Claim,
  works: RecordWork[],
  delivered: Delivered,
  conclude?: Conclude,
): Promise<CommittedPage> {
  const commit = async (tx: Tx): Promise<CommittedPage> => {
    const [, moved] = await atOnce([
      () => lockForCommit(tx, page),
      () => withMovedLinks(tx, page.integrationId, works),
      () => lockForEdit(tx, page.workspaceId, prospectsOf(works)),
      () => holdLease(tx, claim),
    ]);
    for (const work of moved) work.plan = { kind: "look_again" };
    dropRefused(page, works, delivered);
    const outcomes = new Map<RecordWork, Outcome>(
      works.map((work) => [work, decided(work, page, delivered)]),
    );
    const arriving = works.filter((work) => outcomes.get(work)?.kind === "settled");
    const unsaved = await writeProspects(tx, page, arriving, delivered, outcomes);
    const removals = await commitRemovals(tx, page, works, delivered, outcomes);

    await endGivenUp(tx, page.integrationId, outcomes);
    await emptyMergedBases(tx, outcomes);
    const saved = await saveLinks(tx, page, unsaved);
    for (const { work } of unsaved) if (!saved.has(work)) outcomes.set(work, unlinked(work));
    await saveScopes(tx, outcomes);
    await saveConflicts(tx, page, outcomes, saved);

    const written = [...saved.keys()].filter(({ plan }) => sides.some((side) => writesTo(plan, side)));
    const concluded = works.filter((work) => outcomes.get(work)?.kind !== "again");
    // Also what is written and yet looked at again.
    const done = works.filter((work) => concluded.includes(work) || saved.has(work));
    const activities = [
      ...done.flatMap((work) => appliedBefore(page, work)),
      ...concluded.flatMap((work) => leftAsChosen(page, work)),
      ...activitiesOf(page, written, saved),
      ...removals.activities,
      ...(await untoldUndoes(tx, page, done)),
    ];
    await atOnce([
      () => saveStatuses(tx, page.integrationId, outcomes, saved),
      () => saveSeenContacts(tx, page.integrationId, works),
      () => recordActivities(tx, activities),
      () => countChanges(tx, page.integrationId, activities),
      () => countHarm(tx, page.integrationId, done),
    ]);
    const changedProspects = [
      ...[...saved].flatMap(([work, { prospectId }]) => (writesTo(work.plan, "snov") ? [prospectId] : [])),
      ...removals.prospectIds,
    ];
    const [wake] = await atOnce([
      () => markProspectsPending(tx, page.workspaceId, changedProspects, { except: page.integrationId }),
      () => markDisputed(tx, page.integrationId, works),
      () => settleUnconfirmed(tx, page, done),
    ]);
    await settlePending(tx, claim, outcomes);
    await markUnclaimed(tx, page.integrationId, outcomes);
    await markBearers(tx, page.integrationId, works);
    await conclude?.(tx, outcomes);
    return {
      counts: {
        claimed: claim.records.length,
        toHubspot: written.filter(({ plan }) => writesTo(plan, "hubspot")).length,
        toSnov: changedProspects.length,
        again: [...outcomes.values()].filter(({ kind }) => kind === "again").length,
      },
      wake,
    };
  };
  return await db.transaction((tx) => commit(tx).catch(lostTo));
}

function prospectsOf(works: RecordWork[]): string[] {
  return works.flatMap((work) => prospectIdOf(work) ?? []);
}

/** The database ended it for somebody else, or somebody has given a prospect its address at this moment. */
function lostTo(error: unknown): never {
  if (isDeadlock(error) || isUniqueViolation(error, "prospect_emails_live"))
    throw new LostRace("somebody was faster than the commit of a page", { cause: error });
  throw error;
}

/** Somebody else has linked its contact. What was written to a prospect would be left without an activity. */
function unlinked(work: RecordWork): Outcome {
  if (writesTo(work.plan, "snov"))
    throw new LostRace("a pair was linked by somebody else while its page was committed");
  return lookAgain;
}

/** What is concluded about a record once its plan is carried out. */
export function decided(work: RecordWork, page: PageContext, delivered: Delivered): Outcome {
  const { plan } = work;
  const delivery = delivered.get(work);
  if (delivery && !delivery.ok) return refusedOutcome(work, page, delivery.error);
  switch (plan.kind) {
    case "gone":
    case "outlived":
    case "remove":
    case "erase":
      return { kind: "forget" };
    // A restored record is looked at again, with all its fields.
    case "restore":
    case "look_again":
      return lookAgain;
    case "excluded":
      return excluded(plan.reason);
    case "take_back":
      // Of a pair of which neither is left nothing is to be said.
      return (plan.on === "snov" ? work.contact : work.prospect) ? excluded("undone") : { kind: "forget" };
    case "disputed":
      return inConflict(plan.dispute.kind);
    default:
      return broughtTogether(work, page, delivery?.refused);
  }
}
