import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import type { Db } from "@/db/client";
import { errorFields, log } from "@/lib/log";
import { markScopesMissing } from "@/services/connections/mark-broken";
import { openConnection } from "@/services/connections/open-connection";
import { rereadDoubted } from "@/services/connections/reread-doubted";
import type { Deps } from "@/services/context";
import { type Claim, claimPending, releaseClaim, triesAtAll } from "./claim-pending";
import { commitPage, type PageCounts } from "./commit-page";
import { type Delivered, deliverPage } from "./deliver-page";
import { guardPage } from "./guard-page";
import { loadPageContext } from "./load-page-context";
import { mendOverwritten } from "./mend-overwritten";
import { observePage } from "./observe-page";
import type { PageContext } from "./page-context";
import { planPage } from "./plan-page";
import type { Observation, RecordWork } from "./record-work";
import { doubtsDefinitions } from "./refused-fields";
import { setAsideFailing } from "./set-aside-failing";
import { noteUnconfirmed, sentValues } from "./unconfirmed-writes";

/**
 * One page of the engine: claim, observe, plan, deliver, commit. Invariants:
 * - both sides are read after the claim, so no notice's order or repetition matters;
 * - HubSpot is written before the commit and no remote call is made inside a transaction: a crash in between
 *   leaves the pending rows, and what was noted before the write tells our own values from a person's;
 * - nothing is written when a fuse blows; the integration has been stopped by then;
 * - what HubSpot's users wrote between our read and our write is found under ours, and put back or kept in an activity;
 * - a pending row goes only with the commit that settled its generation.
 * Throws `RemoteError` when HubSpot cannot be worked with at all; the claim is given back first.
 */
export async function reconcilePage(deps: Deps, integrationId: string): Promise<PageCounts> {
  const page = await loadPageContext(deps.db, integrationId);
  if (!page) return nothing;
  const claim = await claimPending(deps.db, integrationId);
  if (!claim.records.length) return nothing;
  try {
    const hubspot = await openConnection(deps, page.connectionId);
    const observations = await observePage({ db: deps.db, hubspot }, page, claim.records);
    const again = await mendLeftovers(deps.db, hubspot.contacts, page, observations);
    const planned = await planPage({ db: deps.db, hubspot }, page, observations, again);
    const { works, blown } = await guardPage(deps.db, page, planned, new Date());
    if (blown) {
      await releaseClaim(deps.db, claim.lease, { blameless: true });
      return nothing;
    }
    await noteUnconfirmed(deps.db, page, works);
    const delivered = await deliverPage(hubspot.contacts, page, works);
    await mendDelivered(deps.db, hubspot.contacts, page, works, delivered);
    const { counts, wake } = await commitPage(deps.db, page, claim, works, delivered);
    if (wake.length) await deps.wake(wake);
    if (doubtsDefinitions(page, works, delivered)) await rereadDoubted(deps, page.connectionId);
    return counts;
  } catch (error) {
    await giveBack(deps, page, claim, error).catch((failure) => {
      // The leases end by themselves; the first error is the one to tell.
      log.warn("claim/not-released", errorFields(failure));
    });
    throw error;
  }
}

/** Faults of HubSpot or of the connection are not the records'; anything else counts against them. */
async function giveBack(deps: Deps, page: PageContext, claim: Claim, error: unknown): Promise<void> {
  const blameless = error instanceof RemoteError && accountFaults.includes(error.kind);
  const hopeless = claim.records.find(({ attempts }) => attempts >= triesAtAll);
  if (!blameless && hopeless) await setAsideFailing(deps.db, page.integrationId, hopeless, claim.lease);
  else await releaseClaim(deps.db, claim.lease, { blameless });
  if (error instanceof RemoteError && error.category === "MISSING_SCOPES")
    await markScopesMissing(deps, page.connectionId);
}

const accountFaults: RemoteErrorKind[] = ["transient", "rate_limited", "unauthorized", "forbidden"];

const nothing: PageCounts = { claimed: 0, toHubspot: 0, toSnov: 0, again: 0 };

/** A page that died may have left writes in HubSpot that nobody has looked under yet. */
async function mendLeftovers(
  db: Db,
  contacts: HubspotContacts,
  page: PageContext,
  observations: Observation[],
): Promise<Set<Observation>> {
  const left = observations.map((observation) => ({ observation, sent: observation.unconfirmed.sent }));
  const { putBack, applied } = await mendOverwritten(db, contacts, page, left);
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
): Promise<void> {
  const written = works.flatMap((work) =>
    work.plan.kind === "pair" && delivered.get(work)?.ok
      ? [{ observation: work, sent: sentValues(page, work) }]
      : [],
  );
  const { putBack } = await mendOverwritten(db, contacts, page, written);
  for (const work of works) if (putBack.has(work)) work.plan = { kind: "look_again" };
}
