import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { moveToTrash } from "@/connectors/prospects/trash-rows";
import { prospects } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { markProspectsPending } from "../pending/mark-pending";
import { ServiceError } from "../service-error";
import { nameColumn } from "./name-column";

export const ProspectIds = z.array(z.uuid()).min(1).max(500);

export const TrashProspects = z.object({ ids: ProspectIds });
export type TrashProspects = z.infer<typeof TrashProspects>;

/** Moves prospects to the trash; those already there are left alone. Their addresses become free. */
export async function trashProspects({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: TrashProspects;
}): Promise<{ trashed: string[] }> {
  const { ids } = TrashProspects.parse(input);
  const { trashed, wake } = await ctx.db.transaction(async (tx) => {
    const found = await tx
      .select({ id: prospects.id, name: nameColumn, deletedAt: prospects.deletedAt })
      .from(prospects)
      .where(and(eq(prospects.workspaceId, ctx.workspaceId), inArray(prospects.id, ids)))
      .orderBy(asc(prospects.id))
      .for("no key update", { of: prospects });
    if (!found.length) throw new ServiceError("not_found", "no such prospect", { reason: "prospect_gone" });
    const rows = found.filter(({ deletedAt }) => deletedAt === null);
    const trashed = rows.map(({ id }) => id);
    if (!trashed.length) return { trashed, wake: [] };

    await moveToTrash(tx, trashed, ctx.userId);
    await recordActivities(
      tx,
      rows.map(({ id, name }) => ({
        workspaceId: ctx.workspaceId,
        prospectId: id,
        side: "snov" as const,
        kind: "prospect/trashed",
        recordName: name,
        cause: memberCause(ctx),
      })),
    );
    return { trashed, wake: await markProspectsPending(tx, ctx.workspaceId, trashed) };
  });
  await ctx.wake(wake);
  return { trashed };
}
