const standing = ["day_used_up", "moving"];

/** HubSpot has said that it takes no calls for hours: nothing is tried until then, unless a person asks. */
export function isStanding({ kind }: { kind: string }): boolean {
  return standing.includes(kind);
}
