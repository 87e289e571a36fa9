import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import {
  type IntegrationConnection,
  isAccountInUse,
  readIntegrationConnection,
} from "@/db/queries/hubspot-connections";
import { connections, hubspotUsers } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { conditionKinds } from "@/lib/notice-kinds";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { endNotices } from "@/services/telling/end-notices";
import { type Leaving, leaveAccount, wipeTokens } from "./leave-account";
import { lockAccount } from "./lock-account";

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
  const leaving = await ctx.db.transaction((tx) => leaveHere(tx, ctx, known));
  if (leaving) await leaveAccount(ctx, leaving);
}

/**
 * Nothing of the account is used from here on. Of several workspaces that leave it at once the last one alone is given the
 * tokens with which it leaves it at HubSpot; what it does there is not waited for by anybody who holds a row.
 */
async function leaveHere(
  tx: Tx,
  ctx: Ctx,
  { integration, connection }: IntegrationConnection,
): Promise<Leaving | undefined> {
  await lockAccount(tx, connection.accountId);
  const at = new Date();
  const [leaving] = await tx
    .update(connections)
    .set({
      disconnectedAt: at,
      refreshingUntil: null,
      refreshFault: null,
      // A refresh on its way must not bring tokens back.
      tokenVersion: sql`${connections.tokenVersion} + 1`,
    })
    .where(and(eq(connections.id, connection.id), isNull(connections.disconnectedAt)))
    .returning();
  if (!leaving) return undefined;
  await tx
    .update(integrations)
    .set({
      disconnectedAt: at,
      state: sql`case when ${integrations.launchedAt} is null then 'draft' else 'paused' end`,
      stateBeforeBroken: null,
      updatedAt: at,
    })
    .where(eq(integrations.id, integration.id));
  await tx.delete(hubspotUsers).where(eq(hubspotUsers.connectionId, connection.id));
  await endNotices(tx, { integrationId: integration.id, kinds: conditionKinds });
  await recordActivities(tx, [
    {
      workspaceId: ctx.workspaceId,
      integrationId: integration.id,
      kind: "integration/disconnected",
      recordName: leaving.accountName,
      cause: memberCause(ctx),
    },
  ]);
  if (!(await isAccountInUse(tx, connection.accountId))) return leaving;
  await wipeTokens(tx, leaving);
  return undefined;
}
