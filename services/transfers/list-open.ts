import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import type { Deps } from "@/services/context";

/** Transfers and previews that have something to do and that no page holds: whoever worked on them may be gone. */
export async function listOpenTransfers({ db }: Deps): Promise<{ runId: string; integrationId: string }[]> {
  return await db
    .select({ runId: runs.id, integrationId: runs.integrationId })
    .from(runs)
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(
      and(
        eq(runs.kind, "transfer"),
        isNull(runs.finishedAt),
        inArray(runs.state, ["previewing", "running"]),
        eq(integrations.state, "active"),
        isNull(integrations.disconnectedAt),
        sql`not exists (select 1 from run_items i where i.run_id = ${runs.id} and i.leased_until > now())`,
      ),
    );
}
