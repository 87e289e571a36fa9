import { and, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import type { Deps } from "@/services/context";

export type TransferRun = { runId: string; integrationId: string };

/**
 * Transfers and previews that have something to do and were quiet for a while: whoever worked on them may be gone. `of`: all
 * of that integration, also those that were to sleep still.
 */
export async function listOpenTransfers(
  { db }: Pick<Deps, "db">,
  of?: { integrationId: string },
): Promise<TransferRun[]> {
  return await db
    .select({ runId: runs.id, integrationId: runs.integrationId })
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(
      and(
        eq(runs.kind, "transfer"),
        isNull(runs.finishedAt),
        inArray(runs.state, ["previewing", "running"]),
        eq(integrations.state, "active"),
        isNull(integrations.disconnectedAt),
        of ? eq(runs.integrationId, of.integrationId) : lte(transfers.wakeAt, sql`now()`),
      ),
    );
}
