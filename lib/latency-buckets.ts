/** Eight to each doubling, so that a percentile read from them is at most 9 % too high. */
const perDoubling = 8;
const longestBucket = 34 * perDoubling;

/** Which bucket holds changes that took this long. */
export function latencyBucket(ms: number): number {
  if (ms <= 1) return 0;
  return Math.min(longestBucket, Math.ceil(Math.log2(ms) * perDoubling));
}

export type BucketCount = { bucket: number; changes: number };

/** At most so long took `share` of the changes, in milliseconds; null without any. */
export function latencyAt(share: number, counts: BucketCount[]): number | null {
  const total = counts.reduce((sum, { changes }) => sum + changes, 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let reached = 0;
  for (const { bucket, changes } of [...counts].sort((a, b) => a.bucket - b.bucket)) {
    reached += changes;
    if (reached >= rank) return 2 ** (bucket / perDoubling);
  }
  return null;
}
