import type { HubspotClient } from "@/connectors/hubspot/client";
import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import { isScopesMissing } from "@/connectors/hubspot/said-no";
import type { Db } from "@/db/client";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { noteDoubt, rereadDoubted } from "@/services/properties/reread-doubted";
import type { Claim, ClaimedRecord } from "./claim-pending";
import { type Conclude, commitPage, type PageCounts } from "./commit-page";
import { type Delivered, deliverPage } from "./deliver-page";
import { LostRace } from "./lost-race";
import { mendOverwritten } from "./mend-overwritten";
import { overtakenWorks } from "./moved-links";
import { observePage } from "./observe-page";
import type { PageContext } from "./page-context";
import { planPage } from "./plan-page";
import type { Observation, RecordWork } from "./record-work";
import { doubtsDefinitions } from "./refused-fields";
import { noteUnconfirmed, sentValues } from "./unconfirmed-writes";

/** What a page is of: records that were noticed, or those whose turn in a transfer has come. */
export type PageRequest = {
  /** The pending rows that the commit holds and settles. */
  claim: Claim;
  records: ClaimedRecord[];
  lane: Lane;
  /** Asked before each call that writes, and before anything is saved beside the commit: throws where the records are another page's by now. */
  hold(): Promise<void>;
  /** Sees the plans before anything is written, and may change them; null: nothing of the page may be written. */
  check(planned: RecordWork[], hubspot: HubspotClient): Promise<RecordWork[] | null>;
  conclude?: Conclude;
  /** Where other pages of this process commit, too. */
  commitIn?: { take<T>(commit: () => Promise<T>): Promise<T> };
};
type Lane = NonNullable<Parameters<typeof openConnection>[2]>;

/**
 * The acts of one page: observe, plan, deliver, commit. Invariants:
 * - HubSpot is written before the commit and no remote call is made inside a transaction: a crash in between
 *   leaves the records to be looked at, and what was noted before the write tells our own values from a person's;
 * - a page that was overtaken by another one sends nothing more;
 * - what HubSpot's users wrote between our read and our write is found under ours, and put back or kept in an activity.
 * Returns null where the check let nothing be written. Throws `RemoteError` when HubSpot cannot be worked with at all.
 */
export async function carryOutPage(
  deps: Deps,
  page: PageContext,
  { claim, records, lane, hold, check, conclude, commitIn }: PageRequest,
): Promise<PageCounts | null> {
  const hubspot = await openConnection(deps, page.connectionId, lane);
  const observations = await observePage({ db: deps.db, hubspot }, page, records);
  if (observations.some(({ unconfirmed }) => Object.keys(unconfirmed.sent).length)) await hold();
  const again = await mendLeftovers(deps.db, hubspot.contacts, page, observations, hold);
  const planned = await planPage({ db: deps.db, hubspot }, page, observations, again);
  const works = await check(planned, hubspot);
  if (!works) return null;
  const overtaken = () => overtakenWorks(deps.db, page.integrationId, works);
  for (const work of await overtaken()) work.plan = { kind: "look_again" };
  const sentFrom = Date.now();
  await noteUnconfirmed(deps.db, page, works, sentFrom, hold);
  const delivered = await deliverPage({ db: deps.db, contacts: hubspot.contacts }, page, works, async () => {
    await hold();
    if ((await overtaken()).length) throw new LostRace("another page has committed a pair of this one");
  }).catch(async (error) => {
    // A property that turned sensitive is not ours to name any more.
    if (isScopesMissing(error)) {
      await noteDoubt(deps.db, page.connectionId);
      await rereadDoubted(deps, page.connectionId);
    }
    throw error;
  });
  await mendDelivered(deps.db, hubspot.contacts, page, works, delivered, sentFrom, hold);
  const isInDoubt = doubtsDefinitions(page, works, delivered);
  // Before the commit, after which nobody would doubt any more if this process died.
  if (isInDoubt) await noteDoubt(deps.db, page.connectionId);
  const commit = () => commitPage(deps.db, page, claim, works, delivered, conclude);
  const { counts, wake } = await (commitIn ? commitIn.take(commit) : commit());
  if (wake.length) await deps.wake(wake);
  if (isInDoubt) await rereadDoubted(deps, page.connectionId);
  return counts;
}

/** A page that died may have left writes in HubSpot that nobody has looked under yet. */
async function mendLeftovers(
  db: Db,
  contacts: HubspotContacts,
  page: PageContext,
  observations: Observation[],
  hold: PageRequest["hold"],
): Promise<Set<Observation>> {
  const left = observations.map((observation) => ({ observation, sent: observation.unconfirmed.sent }));
  const { putBack, applied } = await mendOverwritten(db, contacts, page, left, hold);
  for (const [observation, writes] of applied) observation.applied = writes;
  return putBack;
}

/** Looks under what was just written; a record that something was put back for is not concluded. */
async function mendDelivered(
  db: Db,
  contacts: HubspotContacts,
  page: PageContext,
  works: RecordWork[],
  delivered: Delivered,
  sentFrom: number,
  hold: PageRequest["hold"],
): Promise<void> {
  const written = works.flatMap((work) =>
    work.plan.kind === "pair" && delivered.get(work)?.ok
      ? [{ observation: work, sent: sentValues(page, work, sentFrom) }]
      : [],
  );
  const { putBack } = await mendOverwritten(db, contacts, page, written, hold);
  for (const work of works) if (putBack.has(work)) work.plan = { kind: "look_again" };
}
