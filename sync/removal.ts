/**
 * How a record that was linked comes to be missing on one side:
 * archived: it lies in its side's recycle bin; deleted: it is gone for good, and nobody said why;
 * privacy_deleted: erased on request, and to stay erased; merged_away: it went on as another record;
 * left_scope: it is still there, but no longer among those chosen to travel.
 */
export const removalKinds = ["archived", "deleted", "privacy_deleted", "merged_away", "left_scope"] as const;
export type RemovalKind = (typeof removalKinds)[number];

/** The kinds that leave no record to read. The other two are told by the records themselves. */
export type Absence = Extract<RemovalKind, "archived" | "deleted" | "privacy_deleted">;

export const removalRules = ["propagate", "keep"] as const;
/** Whether removing a record on one side removes it on the other one. */
export type RemovalRule = (typeof removalRules)[number];
