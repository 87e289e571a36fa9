import type { ConflictRow } from "@/services/conflicts/read-page";
import type { AskedConflicts } from "./asked-conflicts";
import { groupOf } from "./kind-choices";

/** How far a choice can reach beyond the conflict at which it is made. */
export type Reach = "record" | "field" | "like";

export function reachesOf(conflict: ConflictRow): Reach[] {
  return groupOf(conflict) === "fields" ? ["record", "field", "like"] : ["like"];
}

/** What the page would have to be asked for to show all that it reaches. */
export function askedWithin(reach: Reach, conflict: ConflictRow): AskedConflicts {
  const { id, revision, side, recordId, mappingId } = conflict;
  if (reach === "record") return { record: `${side}~${recordId}` };
  if (reach === "field") return { field: mappingId ?? undefined };
  return { like: `${id}~${revision}` };
}
