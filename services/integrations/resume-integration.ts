import { eq } from "drizzle-orm";
import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { integrations } from "@/db/schema/integrations";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { lockIntegration } from "./change-settings";

const ResumeIntegration = z.object({ integrationId: z.uuid() });

/** Syncing goes on with what was collected meanwhile. Resuming twice is resuming once. */
export async function resumeIntegration({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ResumeIntegration>;
}): Promise<void> {
  requireAdmin(ctx);
  const { integrationId } = ResumeIntegration.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  await ctx.db.transaction(async (tx) => {
    const { state, fuseStop } = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (state === "active") return;
    if (state === "broken")
      throw new ServiceError("connection_broken", "the connection has to be mended first");
    if (state !== "paused")
      throw new ServiceError("out_of_date", "only a paused integration can be resumed", {
        reason: "integration_not_paused",
      });
    if (fuseStop)
      throw new ServiceError("out_of_date", "a fuse waits for its answer", { reason: "fuse_waits" });
    await tx.update(integrations).set({ state: "active" }).where(eq(integrations.id, integrationId));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        kind: "integration/resumed",
        recordName: known.connection.accountName,
        cause: memberCause(ctx),
      },
    ]);
  });
  await ctx.wake([integrationId]);
}
