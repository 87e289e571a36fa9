/** What people are told of. All but the end of a transfer are conditions: they last until they are over. */
export const noticeKinds = [
  "connection_broken",
  "fuse_blown",
  "transfer_asking",
  "transfer_ended",
  "records_failing",
  "conflicts_waiting",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const conditionKinds = noticeKinds.filter((kind) => kind !== "transfer_ended");
