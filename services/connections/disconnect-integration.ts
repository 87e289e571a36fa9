import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { connections, hubspotUsers } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { conditionKinds } from "@/lib/notice-kinds";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { endNotices } from "@/services/telling/end-notices";
import { leaveAccount } from "./leave-account";

const DisconnectIntegration = z.object({ integrationId: z.uuid() });

/**
 * Delete, at the top of the settings page: syncing stops and our app leaves the HubSpot account. Every record,
 * setting and link stays; connecting the same account again brings them back.
 */
export async function disconnectIntegration({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof DisconnectIntegration>;
}): Promise<void> {
  requireAdmin(ctx);
  const { integrationId } = DisconnectIntegration.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known || known.integration.disconnectedAt)
    throw new ServiceError("not_found", "no such integration in this workspace");
  await leaveAccount(ctx, known.connection);
  await ctx.db.transaction(async (tx) => {
    const at = new Date();
    const stopped = await tx
      .update(integrations)
      .set({
        disconnectedAt: at,
        state: known.integration.launchedAt ? "paused" : "draft",
        stateBeforeBroken: null,
        updatedAt: at,
      })
      .where(and(eq(integrations.id, integrationId), isNull(integrations.disconnectedAt)))
      .returning({ id: integrations.id });
    if (!stopped.length) return;
    await tx
      .update(connections)
      .set({
        disconnectedAt: at,
        accessToken: "",
        refreshToken: "",
        refreshingUntil: null,
        refreshFault: null,
        // A refresh on its way must not bring tokens back.
        tokenVersion: sql`${connections.tokenVersion} + 1`,
      })
      .where(eq(connections.id, known.connection.id));
    await tx.delete(hubspotUsers).where(eq(hubspotUsers.connectionId, known.connection.id));
    await endNotices(tx, { integrationId, kinds: conditionKinds });
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        kind: "integration/disconnected",
        recordName: known.connection.accountName,
        cause: memberCause(ctx),
      },
    ]);
  });
}
