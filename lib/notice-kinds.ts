/** What people are told of. All but the end of a transfer are conditions: they last until they are over. */
export const noticeKinds = [
  "connection_broken",
  "fuse_blown",
  "transfer_asking",
  "transfer_ended",
  "mappings_stopped",
  "records_failing",
  "conflicts_waiting",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const conditionKinds = noticeKinds.filter((kind) => kind !== "transfer_ended");
export const mailTimes = ["at_once", "daily", "never"] as const;
export type MailTime = (typeof mailTimes)[number];
export type MailPreferences = Record<NoticeKind, MailTime>;

export const defaultMail: MailPreferences = {
  connection_broken: "at_once",
  fuse_blown: "at_once",
  transfer_asking: "at_once",
  transfer_ended: "at_once",
  mappings_stopped: "daily",
  records_failing: "daily",
  conflicts_waiting: "daily",
};
