import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integrations } from "@/db/schema/integrations";
import { runs, transfers } from "@/db/schema/runs";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockIntegration } from "@/services/integrations/change-settings";
import { ServiceError } from "@/services/service-error";

const TryPreviewAgain = z.object({ runId: z.uuid() });

/** Has a preview that ended before it was through go on where it was. The caller tells the engine of it. */
export async function tryPreviewAgain({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof TryPreviewAgain>;
}): Promise<{ integrationId: string }> {
  requireAdmin(ctx);
  const { runId } = TryPreviewAgain.parse(input);
  return await ctx.db.transaction(async (tx) => {
    const [run] = await tx
      .select({ integrationId: runs.integrationId })
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
    const { integrationId } = run;
    const { state } = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (state !== "active") throw refused("transfer_not_active");
    const ofIntegration = and(eq(runs.integrationId, integrationId), eq(runs.kind, "transfer"));
    if (await tx.$count(runs, and(ofIntegration, isNull(runs.finishedAt)))) throw refused("transfer_open");
    await tx
      .update(runs)
      .set({ state: "previewing", finishedAt: null, checkpoint: sql`${runs.checkpoint} - 'stoppedBy'` })
      .where(and(eq(runs.id, runId), eq(runs.state, "stopped")));
    await tx.update(transfers).set({ hindered: null }).where(eq(transfers.runId, runId));
    return { integrationId };
  });
}

function refused(reason: string): ServiceError {
  return new ServiceError("out_of_date", `preview refused: ${reason}`, { reason });
}
