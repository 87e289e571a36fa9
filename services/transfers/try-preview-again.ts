import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integrations } from "@/db/schema/integrations";
import { runItems, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockIntegration } from "@/services/integrations/change-settings";
import { ServiceError } from "@/services/service-error";
import { endPages } from "./end-pages";
import { noPreview, noUndo } from "./preview-counts";
import { requireWay } from "./require-way";
import { undoneBy } from "./undone-writes";

const TryPreviewAgain = z.object({ runId: z.uuid() });

/**
 * Has a preview that ended before it was through go on where it was; that of an undo begins anew, for what it takes back
 * may have tried again what had failed, and those are anywhere among its prospects. The caller tells the engine of it.
 */
export async function tryPreviewAgain({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof TryPreviewAgain>;
}): Promise<{ integrationId: string }> {
  requireAdmin(ctx);
  const { runId } = TryPreviewAgain.parse(input);
  const undone = await undoneByPreview(ctx, runId);
  if (undone && !(await endPages(ctx, undone))) throw refused("undone_in_flight");
  return await ctx.db.transaction(async (tx) => {
    const [run] = await tx
      .select({ integrationId: runs.integrationId, transfer: transfers })
      .from(runs)
      .innerJoin(transfers, eq(transfers.runId, runs.id))
      .innerJoin(integrations, eq(integrations.id, runs.integrationId))
      .where(
        and(
          eq(runs.id, runId),
          eq(runs.state, "stopped"),
          isNull(transfers.allowedAt),
          eq(integrations.workspaceId, ctx.workspaceId),
        ),
      );
    if (!run) throw new ServiceError("not_found", "no such stopped preview in this workspace");
    const { integrationId, transfer } = run;
    const isUndo = undoneBy({ ...transfer, integrationId }) !== null;
    const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (integration.state !== "active") throw refused("transfer_not_active");
    if (!isUndo) requireWay(integration, transfer);
    const ofIntegration = and(eq(runs.integrationId, integrationId), eq(runs.kind, "transfer"));
    if (await tx.$count(runs, and(ofIntegration, isNull(runs.finishedAt)))) throw refused("transfer_open");
    await tx
      .update(runs)
      .set({
        state: "previewing",
        finishedAt: null,
        checkpoint: isUndo ? {} : sql`${runs.checkpoint} - 'stoppedBy'`,
      })
      .where(and(eq(runs.id, runId), eq(runs.state, "stopped")));
    if (isUndo) await tx.delete(runItems).where(eq(runItems.runId, runId));
    const anew = isUndo ? { preview: { ...noPreview, undo: noUndo }, held: 0 } : {};
    await tx
      .update(transfers)
      .set({ hindered: null, ...anew })
      .where(eq(transfers.runId, runId));
    return { integrationId };
  });
}

/** The transfer that the preview is to undo. */
async function undoneByPreview({ db, workspaceId }: Ctx, runId: string): Promise<string | null | undefined> {
  const [preview] = await db
    .select({ undoes: transfers.undoes })
    .from(transfers)
    .innerJoin(runs, eq(runs.id, transfers.runId))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(and(eq(runs.id, runId), eq(runs.state, "stopped"), eq(integrations.workspaceId, workspaceId)));
  return preview?.undoes;
}

function refused(reason: string): ServiceError {
  return new ServiceError("out_of_date", `preview refused: ${reason}`, { reason });
}
