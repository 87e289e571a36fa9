import { isDeepStrictEqual } from "node:util";
import type { PlannedChange, PlannedOutcome } from "@/db/schema/runs";
import { isCreation } from "@/services/sync/activities-of";
import { contactKeys } from "@/services/sync/contact-keys";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import { matchKey } from "@/sync/match-key";
import type { Side } from "@/sync/side";
import { isEmpty } from "@/sync/value";
import { isAskedBack } from "./asked-anew";
import { allChangesOf, arrived, changesOf } from "./changes-of";
import { shownUndo } from "./show-undo";
import { standingFields } from "./standing-fields";

/** A record of a preview. A pair is named by its prospect, a contact without one by itself. */
export type ShownRecord = {
  side: Side;
  recordId: string;
  name: string;
  planned: PlannedOutcome;
  /** A key of the texts under `recordReason`, where the record is skipped or in conflict. */
  reason: string | null;
  /** Those that stay as they are among them. */
  changes: PlannedChange[];
  /** Some of them stay while the others travel. */
  held: boolean;
  /** Its addresses on both sides, to find it by. */
  emails: string;
  /** A value that is there is replaced, or emptied. */
  overwrites: boolean;
  /** The side on which a record is made, comes back or is taken back. */
  on: Side | null;
  /** The two are not linked yet, or their link has to remember what is left: its turn does that, also where nothing differs. */
  links: boolean;
};

/** What a transfer would do to a record; null where nothing is left of it on either side. Pure. */
export function showRecord(page: PageContext, work: RecordWork): ShownRecord | null {
  const name = recordOf(work);
  if (!name) return null;
  const shown = shownPlan(page, work);
  return {
    on: "on" in work.plan ? work.plan.on : null,
    ...name,
    ...shown,
    name: work.prospect?.name ?? work.contact?.name ?? "",
    emails: addressesOf(work),
    overwrites: shown.changes.some(({ before, kept }) => !kept && !isEmpty(before)),
    links: changesLink(work),
  };
}

function changesLink({ plan, link }: RecordWork): boolean {
  return plan.kind === "pair" && (!link || !isDeepStrictEqual(plan.declined.values, link.declined.values));
}

function addressesOf({ prospect, contact }: RecordWork): string {
  const ours = prospect?.emails.map(matchKey) ?? [];
  return [...new Set([...ours, ...(contact ? contactKeys(contact) : [])])].join(" ");
}

export function recordOf({ prospect, link, contact }: RecordWork): { side: Side; recordId: string } | null {
  const prospectId = prospect?.id ?? link?.prospectId;
  if (prospectId) return { side: "snov", recordId: prospectId };
  return contact && { side: "hubspot", recordId: contact.id };
}

/** What a plan comes to, and the values it changes. */
export function shownPlan(
  page: PageContext,
  work: RecordWork,
): Pick<ShownRecord, "planned" | "reason" | "changes" | "held"> {
  const { plan } = work;
  if (work.undo) return { ...shownUndo(page, work, work.undo), held: false };
  const skip = (reason: string) => ({ planned: "skip" as const, reason, changes: [], held: false });
  switch (plan.kind) {
    case "create": {
      const stays = standingFields(page, work);
      const changes = [...stays, ...changesOf(page, work)];
      return { planned: "create", reason: null, changes, held: stays.length > 0 };
    }
    case "restore":
      return isAskedBack(work)
        ? { planned: "create", reason: null, changes: [], held: false }
        : skip("in_sync_now");
    case "pair": {
      const [changes, stays] = [allChangesOf(page, work), standingFields(page, work)];
      const given = isCreation(page, arrived(page, work)) ? "create" : changes.length ? "update" : "equal";
      const disputed = plan.conflicts.length > 0;
      return {
        planned: disputed ? "conflict" : given,
        reason: null,
        changes: [...stays, ...changes],
        held: stays.length > 0 && !disputed,
      };
    }
    case "disputed":
      return { planned: "conflict", reason: plan.dispute.kind, changes: [], held: false };
    case "excluded":
      return skip(plan.reason);
    // A transfer removes nothing: what was removed on one side is the ordinary line's, which takes the other one along.
    case "remove":
      return skip("removed_meanwhile");
    case "erase":
      return skip("erased");
    default:
      return skip("in_sync_now");
  }
}
