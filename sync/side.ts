export const sides = ["snov", "hubspot"] as const;
export type Side = (typeof sides)[number];

export function otherSide(side: Side): Side {
  return side === "snov" ? "hubspot" : "snov";
}

/** One thing per side. */
export type Both<T> = Record<Side, T>;
