import { eq } from "drizzle-orm";
import { z } from "zod";
import { connections, integrations } from "@/db/schema/integrations";
import { writableSides } from "@/sync/direction";
import { faultOfMapping } from "@/sync/mapping-rules";
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

/** A stopped mapping is shown as such and may wait; every other one must follow the rules of today. */
function requireWorkingMappings(integration: Integration, { snov, hubspot, mappings }: SettingsFields): void {
  for (const mapping of mappings) {
    if (mapping.stoppedReason) continue;
    const fault = faultOfMapping(
      { snov: snov.get(mapping.snovField), hubspot: hubspot.get(mapping.hubspotProperty) },
      integration.syncType,
      fieldsInUse(integration, mappings, mapping.id),
    );
    // What HubSpot lets nobody write rests under this sync type; shown as such, it holds nobody back.
    if (fault && fault !== "property_read_only" && !mapping.locked)
      throw refused("mapping_invalid", { field: mapping.hubspotProperty });
  }
  const travels = mappings.some(({ direction, stoppedReason }) => {
    const writable = writableSides(integration.syncType, direction);
    return !stoppedReason && (writable.snov || writable.hubspot);
  });
  if (!travels) throw refused("nothing_to_sync");
}

function refused(reason: string, values: Record<string, string> = {}): ServiceError {
  return new ServiceError("invalid_input", `launch refused: ${reason}`, { reason, values });
}
