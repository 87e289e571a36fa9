/** Something HubSpot says happened to a contact; a hint to look, nothing more. */
export type Notice = {
  dedupeKey: string;
  accountId: string;
  kind: string;
  /** Every contact that it concerns: none where it is about something else. */
  contactIds: string[];
  occurredAt: Date;
  /** Comes from a write of this app. */
  echoOf: string | undefined;
};
