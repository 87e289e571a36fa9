import type { Db } from "@/db/client";
import type { PlannedChange } from "@/db/schema/runs";
import { archivesContact } from "@/services/sync/deliver-page";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import { rememberUndone } from "@/services/sync/remember-undone";
import { ownValue } from "@/sync/own-value";
import type { KeptReason } from "@/sync/undo";
import { writesTo } from "@/sync/writes-to";
import { itemFinder, type PageCheck } from "./check-preview";
import type { ClaimedItem } from "./claim-items";
import { readWritten, type WrittenPair } from "./read-written";
import { undoWorks } from "./undo-works";
import type { UndoneWrites } from "./undone-writes";

/**
 * Takes an undo's page as what its plans have to be: nothing but the undo. Links remember it before HubSpot is written,
 * so that the ordinary line does not do again what a page that died had undone.
 */
export function undoOnly(page: PageContext, undone: UndoneWrites, items: ClaimedItem[]): PageCheck {
  const itemOf = itemFinder(items);
  return {
    itemOf,
    isLeft: ({ undo, plan }) => undo !== undefined && undo.reason !== null && plan.kind === "look_again",
    leftOut: () => undefined,
    async check(db, works, hubspot) {
      const ids = items.map(({ recordId }) => recordId);
      const written = await readWritten(db, undone, ids);
      const planned = await undoWorks({ db, hubspot }, page, works, (work) => {
        const item = itemOf(work);
        const pair = written.get(item?.recordId ?? "");
        return item && pair && asShown(pair, item.changes);
      });
      return await remembered(db, page, planned);
    },
  };
}

/** What the preview said stays, stays, whatever has become of the reason: more than was shown nobody has allowed. */
function asShown(pair: WrittenPair, shown: PlannedChange[]): WrittenPair {
  const written = { ...pair.written };
  for (const { side, field, kept } of shown) {
    const own = written[side];
    const write = ownValue(own?.fields ?? {}, field);
    if (!kept || !own || !write) continue;
    // An undo's preview names no other reasons.
    const shownKept = kept as KeptReason;
    const fields = { ...own.fields, [field]: { ...write, shownKept } };
    written[side] = { ...own, fields };
  }
  return { ...pair, written };
}

async function remembered(db: Db, page: PageContext, works: RecordWork[]): Promise<RecordWork[]> {
  const due = works.filter((work) => work.link && writesHubspot(work));
  const revisions = await rememberUndone(db, page, due);
  return works.map((work): RecordWork => {
    if (!work.link || !due.includes(work)) return work;
    const revision = revisions.get(work.link.id);
    return revision === undefined
      ? { ...work, plan: { kind: "look_again" } }
      : { ...work, link: { ...work.link, revision } };
  });
}

function writesHubspot(work: RecordWork): boolean {
  return archivesContact(work) ? work.contact !== null : writesTo(work.plan, "hubspot") !== null;
}
