import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { integrations } from "@/db/schema/integrations";
import { runs, transfers } from "@/db/schema/runs";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockIntegration } from "@/services/integrations/change-settings";
import { ServiceError } from "@/services/service-error";
import { noPreview, noUndo } from "./preview-counts";
import { replacePreview } from "./replace-preview";

const StartUndo = z.object({ runId: z.uuid() });

/**
 * Begins to show what undoing an ended transfer would do. The undo is a run of its own: it is allowed, paused and cancelled
 * as a transfer is. The caller tells the engine of it.
 */
export async function startUndo({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof StartUndo>;
}): Promise<{ runId: string; integrationId: string }> {
  requireAdmin(ctx);
  const { runId: undoes } = StartUndo.parse(input);
  return await ctx.db.transaction(async (tx) => {
    const [undone] = await tx
      .select({ integrationId: runs.integrationId, transfer: transfers })
      .from(runs)
      .innerJoin(transfers, eq(transfers.runId, runs.id))
      .innerJoin(integrations, eq(integrations.id, runs.integrationId))
      .where(
        and(
          eq(runs.id, undoes),
          eq(integrations.workspaceId, ctx.workspaceId),
          isNotNull(runs.finishedAt),
          isNotNull(transfers.allowedAt),
        ),
      );
    if (!undone) throw new ServiceError("not_found", "no such ended transfer in this workspace");
    const { integrationId, transfer } = undone;
    const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
    const refused = (reason: string) =>
      new ServiceError("out_of_date", `undo refused: ${reason}`, { reason });
    if (transfer.undoes) throw refused("is_an_undo");
    if (integration.state !== "active") throw refused("transfer_not_active");
    const runId = await replacePreview(tx, integrationId, ctx.userId);
    const { fromSnov, fromHubspot, prospects, contacts } = transfer;
    const preview = { ...noPreview, undo: noUndo };
    await tx.insert(transfers).values({ runId, undoes, fromSnov, fromHubspot, prospects, contacts, preview });
    return { runId, integrationId };
  });
}
