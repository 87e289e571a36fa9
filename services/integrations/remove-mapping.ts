import { eq } from "drizzle-orm";
import { z } from "zod";
import { fieldMappings } from "@/db/schema/integrations";
import { type Ctx, requireAdmin } from "../context";
import { changeSettings, delta, SettingsTarget } from "./change-settings";
import { mappingLabel, requireMapping } from "./mapping-input";
import { readSettingsFields } from "./settings-fields";

const RemoveMapping = SettingsTarget.extend({ mappingId: z.uuid() });

/** Removes the mapping with its open conflicts; the fields and all their values stay. */
export async function removeMapping({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof RemoveMapping>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { mappingId, ...target } = RemoveMapping.parse(input);
  return changeSettings(ctx, target, async (tx, integration) => {
    const fields = await readSettingsFields(tx, integration);
    const mapping = requireMapping(fields, mappingId);
    await tx.delete(fieldMappings).where(eq(fieldMappings.id, mapping.id));
    return { deltas: [delta("mapping", mappingLabel(fields, mapping), null)], result: {} };
  });
}
