import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { deservesAnotherLook, isNobodysFault } from "./blame";
import { carryOutPage } from "./carry-out-page";
import { checkFuses } from "./check-fuses";
import { type Claim, claimPending, releaseClaim, renewClaim, triesAtAll } from "./claim-pending";
import type { PageCounts } from "./commit-page";
import { isNoAnswer, mayGiveUp, verdictOn, whoseSilence } from "./give-up";
import { loadPageContext } from "./load-page-context";
import { LostRace } from "./lost-race";
import type { PageContext } from "./page-context";
import { setAsideFailing } from "./set-aside-failing";

/**
 * One page of what was noticed. Invariants, beside those of `carryOutPage`:
 * - both sides are read after the claim, so no notice's order or repetition matters;
 * - nothing is written when a fuse blows; the integration has been stopped by then;
 * - a pending row goes only with the commit that settled its generation;
 * - a page that another one was faster than goes round again at once: a fault would have everybody's edits wait for the
 *   engine's next try.
 * Throws `RemoteError` when HubSpot cannot be worked with at all; the claim is given back first.
 */
export async function reconcilePage(deps: Deps, integrationId: string): Promise<PageCounts> {
  const page = await loadPageContext(deps.db, integrationId);
  if (!page) return nothing;
  const claim = await claimPending(deps.db, integrationId);
  if (!claim.records.length) return nothing;
  try {
    const counts = await carryOutPage(deps, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: () => renewClaim(deps.db, claim),
      async check(planned) {
        const { works, blown } = await checkFuses(deps.db, page, planned, new Date());
        return blown ? null : works;
      },
    });
    if (!counts) await releaseClaim(deps.db, claim.lease, { blameless: true });
    return counts ?? nothing;
  } catch (error) {
    await giveBack(deps, page, claim, error).catch((failure) => {
      // The leases end by themselves; the first error is the one to tell.
      log.warn("claim/not-released", errorFields(failure));
    });
    if (error instanceof LostRace)
      return { ...nothing, claimed: claim.records.length, again: claim.records.length };
    throw error;
  }
}

async function giveBack(deps: Deps, page: PageContext, claim: Claim, error: unknown): Promise<void> {
  const { integrationId } = page;
  const [record, ...others] = claim.records;
  const isAlone = record && !others.length && record.attempts >= triesAtAll;
  const silence = isAlone ? await whoseSilence(deps, page, error, { integrationId }) : null;
  const isWorn = isAlone && isNoAnswer(error) && !deservesAnotherLook(error, record.attempts);
  const isItsOwn = silence === "record" && isWorn;
  if (isAlone && (await mayGiveUp(deps.db, error, { integrationId }, isItsOwn)))
    await setAsideFailing(deps.db, integrationId, record, claim.lease, verdictOn(error));
  else
    await releaseClaim(deps.db, claim.lease, {
      blameless: isNobodysFault(error),
      counted: silence !== "hubspot",
    });
}

const nothing: PageCounts = { claimed: 0, toHubspot: 0, toSnov: 0, again: 0 };
