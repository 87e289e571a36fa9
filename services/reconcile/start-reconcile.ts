import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import type { Ctx } from "@/services/context";

/**
 * Starts a full comparison of each of these integrations that may have one: active, and with what existed at launch
 * linked. One that is under way, or was left by a crash, is the one that is given: it goes on where it was. `isNew`: it
 * was started by this call.
 */
export async function startReconcile(
  db: Db | Tx,
  integrationIds: string[],
  by?: Pick<Ctx, "userId" | "userName">,
): Promise<{ runId: string; isNew: boolean }[]> {
  const ready = integrationIds.length
    ? await db
        .select({ integrationId: integrations.id })
        .from(integrations)
        .where(
          and(
            inArray(integrations.id, integrationIds),
            eq(integrations.state, "active"),
            isNull(integrations.disconnectedAt),
            isNotNull(integrations.existingLinkedAt),
          ),
        )
        .orderBy(integrations.id)
    : [];
  if (!ready.length) return [];
  const asked = { startedBy: by?.userId, startedByName: by?.userName };
  const started = await db
    .insert(runs)
    .values(ready.map(({ integrationId }) => ({ integrationId, kind: "reconcile" as const, ...asked })))
    .onConflictDoNothing()
    .returning({ id: runs.id });
  const open = await db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        inArray(
          runs.integrationId,
          ready.map(({ integrationId }) => integrationId),
        ),
        eq(runs.kind, "reconcile"),
        isNull(runs.finishedAt),
      ),
    );
  return open.map((run) => ({ runId: run.id, isNew: started.some(({ id }) => id === run.id) }));
}
