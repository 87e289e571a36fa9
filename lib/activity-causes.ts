/** Why a change was made, as people look for it. */
export const activityCauses = [
  "member",
  "from_snov",
  "from_hubspot",
  "transfer",
  "resolution",
  "rule",
  "undo",
] as const;
export type ActivityCauseKind = (typeof activityCauses)[number];
