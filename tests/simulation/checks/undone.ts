import type { Side } from "@/sync/side";
import type { Activity, FinalState } from "./final-state";

type About = {
  prospectId?: string;
  contactId?: string;
  side?: Side;
  kind?: string;
  /** The side's own field, and what of its change has to be so. */
  field?: string;
  change?: (change: Activity["changes"][number]) => boolean;
};

/** An activity tells that a person had this taken back: what a run wrote that undoes something. */
export function isUndone(state: FinalState, about: About): boolean {
  return undoneRows(state, about).length > 0;
}

export function undoneRows(
  { activities }: FinalState,
  { prospectId, contactId, side, kind, field, change = () => true }: About,
): Activity[] {
  return activities.filter(
    (row) =>
      row.cause.kind === "undo" &&
      (prospectId === undefined || row.prospectId === prospectId) &&
      (contactId === undefined || row.contactId === contactId) &&
      (side === undefined || row.side === side) &&
      (kind === undefined || row.kind === kind) &&
      (field === undefined || row.changes.some((one) => one.field === field && change(one))),
  );
}
