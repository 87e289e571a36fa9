import { isDeepStrictEqual } from "node:util";
import type { Outcome, Verdict } from "@/services/sync/outcome";
import type { RecordWork } from "@/services/sync/record-work";
import { sides } from "@/sync/side";
import { writesTo } from "@/sync/writes-to";

/**
 * Whether looking at a linked pair again would change nothing: neither a side, nor what is remembered of the pair, nor
 * the status it is shown with; why a record in sync is not all equal is told anew without a look. Pure; `work` holds the
 * plan of what was just read, `outcome` what would follow from it.
 */
export function isSettled(
  work: RecordWork,
  outcome: Outcome,
  status: Pick<Verdict, "status" | "reason"> | undefined,
): boolean {
  if (outcome.kind !== "settled") return false;
  const { status: now, reason } = outcome.verdict;
  if ((status?.status ?? "in_sync") !== now) return false;
  if (status && now !== "in_sync" && status.reason !== reason) return false;
  return work.plan.kind !== "pair" || isQuiet(work);
}

function isQuiet({
  plan,
  link,
  contact,
  inScope,
  unconfirmed,
  openConflicts,
  resolutions,
}: RecordWork): boolean {
  if (plan.kind !== "pair" || !link || link.bothRemoved) return false;
  // The link of a contact that was merged has to follow it.
  if (link.contactId !== contact?.id) return false;
  if (resolutions.length || Object.keys(unconfirmed.sent).length || unconfirmed.removal) return false;
  const recorded = Object.fromEntries(
    plan.conflicts.flatMap((conflict) =>
      conflict.kind === "value" ? [[conflict.mappingId, conflict.values]] : [],
    ),
  );
  return (
    sides.every((side) => !writesTo(plan, side) && link.inScope[side] === inScope[side]) &&
    isDeepStrictEqual(plan.base, link.base) &&
    isDeepStrictEqual(recorded, openConflicts)
  );
}
