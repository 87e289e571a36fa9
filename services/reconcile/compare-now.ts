import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { liftDayPause } from "@/services/connections/lift-day-pause";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { startReconcile } from "./start-reconcile";

const CompareNow = z.object({ integrationId: z.uuid() });

/** Starts a full comparison; refused while one is under way. The caller tells the engine of it. */
export async function compareNow({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof CompareNow>;
}): Promise<{ runId: string }> {
  requireAdmin(ctx);
  const { integrationId } = CompareNow.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  const [run] = await startReconcile(ctx.db, [integrationId], ctx);
  if (!run) {
    const reason = known.integration.state === "active" ? "still_linking" : "comparison_not_active";
    throw new ServiceError("out_of_date", "this integration cannot be compared now", { reason });
  }
  if (!run.isNew)
    throw new ServiceError("in_use", "a comparison is under way", { reason: "comparison_running" });
  if (await liftDayPause(ctx, known.connection.accountId)) await ctx.wake([integrationId]);
  return { runId: run.runId };
}
