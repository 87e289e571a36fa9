import type { Both } from "./side";

export const directions = ["both", "to_hubspot", "to_snov"] as const;
/** Used for an integration's sync type and for a single field mapping. */
export type Direction = (typeof directions)[number];

/** Which sides may be written. A field's direction is never wider than the sync type. */
export function writableSides(syncType: Direction, fieldDirection: Direction): Both<boolean> {
  const allows = (side: "to_hubspot" | "to_snov") =>
    (syncType === "both" || syncType === side) && (fieldDirection === "both" || fieldDirection === side);
  return { hubspot: allows("to_hubspot"), snov: allows("to_snov") };
}
