import type { ActivityCause } from "@/db/schema/sync";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { mayPass } from "@/services/sync/blame";
import { carryOutPage } from "@/services/sync/carry-out-page";
import { triesAtAll } from "@/services/sync/claim-pending";
import { isNoAnswer, mayGiveUp, verdictOn, whoseSilence } from "@/services/sync/give-up";
import { loadPageContext } from "@/services/sync/load-page-context";
import { LostRace } from "@/services/sync/lost-race";
import type { PageContext, TransferPage } from "@/services/sync/page-context";
import { undoCause } from "@/services/sync/undo-cause";
import { withAskedAnew } from "./asked-anew";
import { checkPreview } from "./check-preview";
import { claimItems, type ItemClaim, releaseItems, renewItems } from "./claim-items";
import { concludeItems, setAside } from "./conclude-items";
import { finishTransfer } from "./finish-transfer";
import { noteHindered } from "./hindrance";
import { type OpenTransfer, readOpenTransfer } from "./open-transfer";
import { openTurns, type Turns } from "./turns";
import { undoOnly } from "./undo-only";
import { undoneBy } from "./undone-writes";

/** `worked`: records whose turn it was. `more`: some are left, now or in moments. */
export type TransferProgress = { worked: number; more: boolean };

/**
 * One page of a transfer that a person allowed. Its records are read again and planned again, and what they come to is
 * saved with what is written of them. Where more would happen than was shown, nothing is written: the transfer stops
 * and asks. While the integration may not sync the transfer waits. Pages of one process commit in `turns`. A page to which
 * HubSpot gave no answer is done once more, unless others were given none before.
 */
export async function transferPage(
  deps: Deps,
  runId: string,
  turns: Turns = openTurns(),
): Promise<TransferProgress> {
  const transfer = await readOpenTransfer(deps.db, runId);
  if (transfer?.state !== "running") return { worked: 0, more: false };
  const context = await loadPageContext(deps.db, transfer.integrationId);
  if (!context) return { worked: 0, more: false };
  const claim = await claimItems(deps.db, runId, transfer.hindered);
  const { items } = claim;
  if (!items.length) return { worked: 0, more: !(await finishTransfer(deps.db, transfer)) };
  try {
    const page = withAskedAnew({ ...context, runId, undoneBy: causeOf(transfer) }, transfer);
    const act = () => carryOut(deps, page, transfer, claim, turns);
    const written = await act().catch(async (error) => {
      if (transfer.hindered || !isLoneFault(error)) throw error;
      log.warn("transfer/page-once-more", errorFields(error));
      await moment();
      return await act();
    });
    if (!written) await releaseItems(deps.db, runId, claim, { blameless: true });
  } catch (error) {
    await giveBack(deps, context, transfer, claim, error).catch((failure) => {
      // The leases end by themselves; the first error is the one to tell.
      log.warn("transfer/not-released", errorFields(failure));
    });
    // Another page was faster: these come round again.
    if (error instanceof LostRace) return { worked: items.length, more: true };
    throw error;
  }
  return { worked: items.length, more: true };
}

/** How long HubSpot is left alone before a page to which it gave no answer is done once more. */
const momentMs = 500;
const moment = () => new Promise((resolve) => setTimeout(resolve, momentMs));

/**
 * One lost answer is no outage, for which all pages would wait: unless HubSpot says otherwise, its page is done once more.
 * What the page had done is found and adopted, as after a crash.
 */
function isLoneFault(error: unknown): boolean {
  return isNoAnswer(error) && error.retryAfterMs === undefined && !error.pause;
}

async function carryOut(
  deps: Deps,
  page: TransferPage,
  transfer: OpenTransfer,
  claim: ItemClaim,
  turns: Turns,
) {
  const { items } = claim;
  const undone = undoneBy(transfer);
  const pageCheck = undone ? undoOnly(page, undone, items) : checkPreview(page, claim, transfer);
  return await carryOutPage(deps, page, {
    // Nothing was noticed: the records are the transfer's own.
    claim: { lease: claim.lease, records: [] },
    records: items.map(({ side, recordId, attempts }) => ({
      id: 0,
      side,
      recordId,
      attempts,
      generation: 0,
      noticedAt: transfer.startedAt,
    })),
    lane: "bulk",
    commitIn: turns,
    hold: () => renewItems(deps.db, transfer.runId, claim),
    check: (works, hubspot) => pageCheck.check(deps.db, works, hubspot),
    conclude: (tx, outcomes) => concludeItems(tx, page, pageCheck, claim, outcomes),
  });
}

function causeOf(transfer: OpenTransfer): ActivityCause | null {
  const { undoes, undoesChanges, startedBy, startedByName } = transfer;
  return undoes || undoesChanges ? undoCause(startedBy, startedByName, undoes ? null : undoesChanges) : null;
}

async function giveBack(
  deps: Deps,
  page: PageContext,
  { runId }: OpenTransfer,
  claim: ItemClaim,
  error: unknown,
): Promise<void> {
  const { lease, items } = claim;
  await noteHindered(deps.db, runId, error);
  const isItsOwn = items.length === 1 && (await whoseSilence(deps, page, error, { runId })) === "record";
  const hopeless = items.find(({ attempts }) => attempts >= triesAtAll);
  if (hopeless && (await mayGiveUp(deps.db, error, { runId }, isItsOwn)))
    await setAside(deps.db, runId, lease, hopeless, verdictOn(error));
  else if (isItsOwn) await releaseItems(deps.db, runId, claim, { blameless: false, everLonger: true });
  else await releaseItems(deps.db, runId, claim, { blameless: mayPass(error) });
}
