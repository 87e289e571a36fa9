import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { hourlyChanges, hourlyLatencies } from "@/db/schema/hours";
import { groupBy } from "@/lib/group-by";
import { latencyBucket } from "@/lib/latency-buckets";
import type { NewActivity } from "@/services/activities/record-activity";
import { sides } from "@/sync/side";

/** The hour of the transaction, in which its activities are dated too. */
const thisHour = sql`date_trunc('hour', now(), 'UTC')`;

/**
 * Adds what a page wrote to the sums of the hour, in the transaction that writes its activities: a page that is done
 * again after a crash is counted once, like them. Rows in a fixed order, so that two pages never wait for each other.
 */
export async function countChanges(tx: Tx, integrationId: string, activities: NewActivity[]): Promise<void> {
  const written = sides.flatMap((side) => {
    const own = activities.filter((activity) => activity.side === side);
    const transferred = own.filter(({ runId }) => runId).length;
    return own.length ? [{ integrationId, hour: thisHour, side, changes: own.length, transferred }] : [];
  });
  if (!written.length) return;
  await tx
    .insert(hourlyChanges)
    .values(written)
    .onConflictDoUpdate({
      target: [hourlyChanges.integrationId, hourlyChanges.hour, hourlyChanges.side],
      set: {
        changes: sql`${hourlyChanges.changes} + excluded.changes`,
        transferred: sql`${hourlyChanges.transferred} + excluded.transferred`,
      },
    });
  await countLatencies(tx, integrationId, activities);
}

async function countLatencies(tx: Tx, integrationId: string, activities: NewActivity[]): Promise<void> {
  const buckets = activities.flatMap(({ latencyMs }) =>
    typeof latencyMs === "number" ? [latencyBucket(latencyMs)] : [],
  );
  if (!buckets.length) return;
  const counts = [...groupBy(buckets, (bucket) => bucket)].sort(([a], [b]) => a - b);
  await tx
    .insert(hourlyLatencies)
    .values(counts.map(([bucket, all]) => ({ integrationId, hour: thisHour, bucket, changes: all.length })))
    .onConflictDoUpdate({
      target: [hourlyLatencies.integrationId, hourlyLatencies.hour, hourlyLatencies.bucket],
      set: { changes: sql`${hourlyLatencies.changes} + excluded.changes` },
    });
}
