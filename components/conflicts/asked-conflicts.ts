import { type AddressParams, askedOf } from "@/components/ui/asked";
import type { ConflictFilter } from "@/services/conflicts/read-page";
import { sides } from "@/sync/side";

export const conflictKinds = ["value", "removed_and_edited", "same_address", "merged"] as const;

/** What the page's address asks for. `record` is a side and an id: `snov~…`. */
export type AskedConflicts = {
  kind?: string;
  field?: string;
  list?: string;
  /** The member who changed the field in Snov.io. */
  by?: string;
  q?: string;
  record?: string;
  /** Those like a conflict as it was at a revision: `id~3`. */
  like?: string;
};
const keys = ["kind", "field", "list", "by", "q", "record", "like"] as const;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export function askedConflicts(params: AddressParams): AskedConflicts {
  return askedOf(keys, params);
}

export function paramsOf(asked: AskedConflicts): URLSearchParams {
  return new URLSearchParams(askedConflicts(asked) as Record<string, string>);
}

/** What makes no sense in an address restricts nothing. */
export function filterOf({ kind, field, list, by, q, record, like }: AskedConflicts): ConflictFilter {
  const [where, recordId] = record?.split("~") ?? [];
  const side = sides.find((one) => one === where);
  const [conflictId, revision] = like?.split("~") ?? [];
  const known = conflictKinds.find((one) => one === kind);
  return {
    ...(known ? { kind: known } : {}),
    ...(field && uuid.test(field) ? { mappingId: field } : {}),
    ...(list && uuid.test(list) ? { listId: list } : {}),
    ...(by && uuid.test(by) ? { changedBy: by } : {}),
    ...(q ? { search: q } : {}),
    ...(side && recordId ? { record: { side, recordId } } : {}),
    ...(conflictId && uuid.test(conflictId) && /^\d{1,9}$/.test(revision ?? "")
      ? { like: { conflictId, revision: Number(revision) } }
      : {}),
  };
}
