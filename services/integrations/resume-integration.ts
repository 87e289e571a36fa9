import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { integrations } from "@/db/schema/integrations";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";

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
  if (!known || known.integration.disconnectedAt)
    throw new ServiceError("not_found", "no such integration in this workspace");
  await ctx.db.transaction(async (tx) => {
    const own = and(eq(integrations.id, integrationId), isNull(integrations.disconnectedAt));
    const [found] = await tx
      .select({ state: integrations.state })
      .from(integrations)
      .where(own)
      .for("no key update");
    if (found?.state === "active") return;
    if (found?.state === "broken")
      throw new ServiceError("connection_broken", "the connection has to be mended first");
    if (found?.state !== "paused")
      throw new ServiceError("out_of_date", "only a paused integration can be resumed", {
        reason: "integration_not_paused",
      });
    await tx.update(integrations).set({ state: "active", updatedAt: new Date() }).where(own);
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
