import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { limitUse } from "@/db/queries/limit-use";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";

/** Nearer to the limit than that, more pages would only wait for each other. */
const fullShare = 0.85;

/** What has gone on for less has left calls of HubSpot's window unused before it began, which tells nothing. */
const goesOnForLong = lt(transfers.resumedAt, sql`now() - interval '10 seconds'`);

/** Whether HubSpot's limit leaves calls unused, because the pages under way wait for its answers. */
export async function hasRoom(db: Db, runId: string): Promise<boolean> {
  const [connection] = await db
    .select({ accountId: connections.accountId })
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(and(eq(runs.id, runId), goesOnForLong));
  if (!connection) return false;
  const { general } = await limitUse(db, connection.accountId);
  return !general || (!general.paused && general.used + general.foreign < fullShare * general.allowed);
}
