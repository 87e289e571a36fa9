/**
 * The removals that leave no record to read. archived: it lies in its side's recycle bin; deleted: it is gone for
 * good, and nobody said why; privacy_deleted: erased on request, and to stay erased.
 * Of the other two the records themselves tell: one that was merged away answers with another record, one that left
 * the scope says so by `ObservedRecord.inScope`.
 */
export type Absence = "archived" | "deleted" | "privacy_deleted";

export const removalRules = ["propagate", "keep"] as const;
/** Whether removing a record on one side removes it on the other one. */
export type RemovalRule = (typeof removalRules)[number];
