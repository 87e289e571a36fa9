import { z } from "zod";
import { asKnown, reviewMappings } from "@/services/properties/review-mappings";
import { directions } from "@/sync/direction";
import { effectiveDirection, writableNow } from "@/sync/mapping-rules";
import { type Ctx, requireAdmin } from "../context";
import { changeSettings, delta, SettingsTarget } from "./change-settings";
import { forgetWhereWidened } from "./forget-where-widened";
import { readSettingsFields } from "./settings-fields";

const SaveDirection = SettingsTarget.extend({ syncType: z.enum(directions) });

/**
 * The sync type bounds every field's direction without rewriting it, so that changing one's mind loses nothing.
 * `narrowed`: how many fields travel less far than before.
 */
export async function saveDirection({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof SaveDirection>;
}): Promise<{ updatedAt: string; narrowed: number }> {
  requireAdmin(ctx);
  const { syncType, ...target } = SaveDirection.parse(input);
  return changeSettings(ctx, target, async (tx, integration) => {
    const { hubspot, mappings } = await readSettingsFields(tx, integration);
    const narrowed = mappings.filter(({ hubspotProperty, direction }) => {
      const property = hubspot.get(hubspotProperty);
      if (!property) return false;
      const before = effectiveDirection(integration.syncType, direction, property);
      const after = effectiveDirection(syncType, direction, property);
      return before !== null && before !== after && after !== "both";
    }).length;
    const changed = syncType !== integration.syncType;
    await forgetWhereWidened(
      tx,
      integration,
      mappings.map(({ id, direction, hubspotProperty }) => {
        const property = hubspot.get(hubspotProperty);
        return {
          mappingId: id,
          before: writableNow(integration.syncType, direction, property),
          after: writableNow(syncType, direction, property),
        };
      }),
    );
    // A property that is read-only stops what is to be written to it now, and nothing that no longer is.
    if (changed)
      await reviewMappings(
        tx,
        mappings.map((mapping) => ({ mapping, integration: { ...integration, syncType } })),
        asKnown(hubspot),
      );
    return {
      ...(changed ? { set: { syncType } } : {}),
      deltas: [delta("syncType", integration.syncType, syncType)],
      result: { narrowed: changed ? narrowed : 0 },
    };
  });
}
