import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { recordActivities } from "@/services/activities/record-activity";
import type { Ctx } from "@/services/context";

/** Nothing is written to a record that is kept apart: its history tells of the choice itself. */
export async function tellKeptApart(
  tx: Tx,
  ctx: Pick<Ctx, "workspaceId" | "userId" | "userName">,
  act: { integrationId: string; resolutionId: string },
): Promise<void> {
  const kept = await tx
    .select({
      id: conflicts.id,
      side: conflicts.side,
      recordId: conflicts.recordId,
      detail: conflicts.detail,
    })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.resolutionId, act.resolutionId),
        eq(conflicts.outcome, "apart"),
        // An earlier part of the same act has told its own.
        sql`${conflicts.resolvedAt} = now()`,
      ),
    );
  await recordActivities(
    tx,
    kept.map(({ id, side, recordId, detail }) => ({
      workspaceId: ctx.workspaceId,
      integrationId: act.integrationId,
      prospectId: side === "snov" ? recordId : null,
      contactId: side === "hubspot" ? recordId : null,
      kind: "conflict/kept_apart",
      recordName: detail.recordName ?? null,
      cause: { kind: "member", userId: ctx.userId, name: ctx.userName, conflictId: id },
    })),
  );
}
