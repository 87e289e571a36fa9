import type { ConflictCounts, ConflictRow } from "@/services/conflicts/read-page";
import type { Choice } from "./conflict-actions";
import { isDecidable } from "./decidable";

/** What can be decided together: values of fields, or records in the same trouble. */
type Group = "fields" | Exclude<ConflictRow["kind"], "value">;

export function groupOf({ kind, mappingId }: ConflictRow): Group {
  return mappingId || kind === "value" ? "fields" : kind;
}

/** More is known of it than the queue shows at once. */
export function hasDetails({ kind, mappingId, other }: ConflictRow): boolean {
  if (kind === "value") return mappingId !== null;
  return kind === "removed_and_edited" || (other?.side === "hubspot" && !other.name);
}

/** The choices about records of a kind; a pair is made only of two that belong to nobody else. */
export function recordChoices({
  kind,
  linkable,
}: Pick<ConflictRow, "kind" | "linkable">): ("bring_back" | "remove" | "link" | "apart")[] {
  if (kind === "removed_and_edited") return ["bring_back", "remove"];
  return linkable ? ["link", "apart"] : ["apart"];
}

/** Those that fit all of a group: which records are one is looked at by a person, pair by pair. */
export function groupChoices(group: Group): Choice[] {
  if (group === "fields")
    return [
      { kind: "take", side: "snov" },
      { kind: "take", side: "hubspot" },
    ];
  return recordChoices({ kind: group, linkable: false }).flatMap((kind) =>
    kind === "link" ? [] : [{ kind }],
  );
}

/** What can be selected: of one group, that of the first selected. */
export function selectableOf(conflicts: ConflictRow[], selectedIds: string[]): ConflictRow[] {
  const decidable = conflicts.filter(isDecidable);
  const leading = decidable.find(({ id }) => selectedIds.includes(id)) ?? decidable[0];
  return leading ? decidable.filter((one) => groupOf(one) === groupOf(leading)) : [];
}

export function matchingOf(group: Group, counts: ConflictCounts): number {
  if (group !== "fields") return counts.records[group] ?? 0;
  return Object.values(counts.mappings).reduce((sum, count) => sum + count, 0);
}
