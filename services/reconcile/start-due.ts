import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import type { Deps } from "@/services/context";
import { isComparisonDue } from "./comparison-time";
import { startReconcile } from "./start-reconcile";

const Started = z.coerce.date();

export type StartedRun = { runId: string; integrationId: string };

/** Starts the daily comparisons that are due. Those that are under way are given as well: whoever ran them may be gone. */
export async function startDueComparisons(deps: Deps, now = new Date()): Promise<StartedRun[]> {
  const active = await deps.db
    .select({
      id: integrations.id,
      last: sql`coalesce((select max(r.started_at) from runs r where r.integration_id = ${integrations.id}
        and r.kind = 'reconcile'), ${integrations.launchedAt})`,
    })
    .from(integrations)
    .where(
      and(
        eq(integrations.state, "active"),
        isNull(integrations.disconnectedAt),
        isNotNull(integrations.launchedAt),
      ),
    );
  const due = active.filter(({ id, last }) => isComparisonDue(id, Started.parse(last), now));
  await startReconcile(
    deps.db,
    due.map(({ id }) => id),
  );
  return await deps.db
    .select({ runId: runs.id, integrationId: runs.integrationId })
    .from(runs)
    .where(and(eq(runs.kind, "reconcile"), isNull(runs.finishedAt)));
}
