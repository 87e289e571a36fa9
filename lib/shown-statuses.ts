/** How a record may stand, with the queue among them; the first is the best. */
export const shownStatuses = ["in_sync", "waiting", "failing", "in_conflict", "excluded"] as const;
export type ShownRecordStatus = (typeof shownStatuses)[number];
