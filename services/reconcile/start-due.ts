import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integrations } from "@/db/schema/integrations";
import type { Deps } from "@/services/context";
import { isComparisonDue } from "./comparison-time";
import { startReconcile } from "./start-reconcile";
import { type ComparisonRun, takeUpComparisons } from "./take-up";

const Started = z.coerce.date();

/**
 * Starts the comparisons that are due, each day and once an account has come back, and gives them with those that somebody
 * has to take up again.
 */
export async function startDueComparisons(deps: Deps, now = new Date()): Promise<ComparisonRun[]> {
  const active = await deps.db
    .select({
      id: integrations.id,
      returnedAt: integrations.returnedAt,
      // The table is named: of one table alone drizzle writes the column without it, which would be the run's own id.
      last: sql`coalesce((select max(r.started_at) from runs r where r.integration_id = ${integrations}.id
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
  const due = active.filter(({ id, returnedAt, last: begun }) => {
    const last = Started.parse(begun);
    return isComparisonDue(id, last, now) || (returnedAt !== null && returnedAt > last);
  });
  await startReconcile(
    deps.db,
    due.map(({ id }) => id),
  );
  return await takeUpComparisons(deps.db, { now });
}
