import { eq } from "drizzle-orm";
import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { integrations } from "@/db/schema/integrations";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { lockIntegration } from "./change-settings";

const PauseIntegration = z.object({ integrationId: z.uuid() });

/** Syncing stops; changes on both sides are kept and applied on resume. Pausing twice is pausing once. */
export async function pauseIntegration({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof PauseIntegration>;
}): Promise<void> {
  requireAdmin(ctx);
  const { integrationId } = PauseIntegration.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  await ctx.db.transaction(async (tx) => {
    const { state } = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (state === "paused") return;
    if (state !== "active")
      throw new ServiceError("out_of_date", "only an active integration can be paused", {
        reason: "integration_not_active",
      });
    await tx.update(integrations).set({ state: "paused" }).where(eq(integrations.id, integrationId));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        kind: "integration/paused",
        recordName: known.connection.accountName,
        cause: memberCause(ctx),
      },
    ]);
  });
}
