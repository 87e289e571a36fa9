import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight } from "@tabler/icons-react";
import type { Direction } from "@/sync/direction";

const icons = { both: IconArrowsLeftRight, to_hubspot: IconArrowRight, to_snov: IconArrowLeft };

/** Points from the column it leaves to the one it enters: Snov.io stands left, HubSpot right. */
export function DirectionIcon({ direction }: { direction: Direction }) {
  const Icon = icons[direction];
  return <Icon size={16} stroke={1.6} aria-hidden />;
}
