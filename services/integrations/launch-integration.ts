import { eq } from "drizzle-orm";
import { z } from "zod";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { launchFaults } from "@/sync/launch-faults";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import { type Ctx, requireAdmin } from "../context";
import { requireLists } from "../prospects/require-lists";
import { ServiceError } from "../service-error";
import { type Integration, lockIntegration } from "./change-settings";
import { fieldsInUse, readSettingsFields, type SettingsFields } from "./settings-fields";

const LaunchIntegration = z.object({ integrationId: z.uuid() });

/** Starts real-time sync of what is new or changed from now on, after checking every setting again. */
export async function launchIntegration({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof LaunchIntegration>;
}): Promise<{ launchedAt: string }> {
  requireAdmin(ctx);
  const { integrationId } = LaunchIntegration.parse(input);
  const launchedAt = await ctx.db.transaction(async (tx) => {
    const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (integration.state !== "draft") throw refused("not_a_draft");
    const [connection] = await tx
      .select()
      .from(connections)
      .where(eq(connections.id, integration.connectionId));
    if (!connection || connection.brokenReason) throw refused("connection_broken");
    if (!integration.receivingListId) throw refused("receiving_list_missing");
    await requireLists(tx, ctx.workspaceId, [
      integration.receivingListId,
      ...(integration.outgoingScope.kind === "lists" ? integration.outgoingScope.ids : []),
    ]);
    requireWorkingMappings(integration, await readSettingsFields(tx, integration));

    const now = new Date();
    await tx
      .update(integrations)
      .set({ state: "active", launchedAt: now, polledUntil: now, wizardStep: "review", updatedAt: now })
      .where(eq(integrations.id, integrationId));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        kind: "integration/launched",
        recordName: connection.accountName,
        cause: memberCause(ctx),
      },
    ]);
    return now;
  });
  await ctx.wake([integrationId]);
  return { launchedAt: launchedAt.toISOString() };
}

function requireWorkingMappings(integration: Integration, fields: SettingsFields): void {
  const { mappings } = fields;
  const { constants } = fieldsInUse(integration, mappings);
  const [fault] = launchFaults(integration.syncType, mappings, fields, constants);
  if (fault?.reason === "mapping_invalid") {
    const mapping = mappings.find(({ id }) => id === fault.mappingId);
    throw refused(fault.reason, { field: mapping?.hubspotProperty ?? "" });
  }
  if (fault) throw refused(fault.reason);
}

function refused(reason: string, values: Record<string, string> = {}): ServiceError {
  return new ServiceError("invalid_input", `launch refused: ${reason}`, { reason, values });
}
