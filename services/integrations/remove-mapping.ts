import { z } from "zod";
import { type Ctx, requireAdmin } from "../context";
import { changeSettings, delta, SettingsTarget } from "./change-settings";
import { deleteMapping } from "./delete-mapping";
import { knowsOfThem, mappingLabel, pairOf, requireMapping } from "./mapping-input";
import { readSettingsFields } from "./settings-fields";

const RemoveMapping = SettingsTarget.extend({ mappingId: z.uuid(), knowsConflicts: knowsOfThem });

/** Removes the mapping and closes its open conflicts; the fields and all their values stay. */
export async function removeMapping({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof RemoveMapping>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { mappingId, knowsConflicts, ...target } = RemoveMapping.parse(input);
  return changeSettings(ctx, target, async (tx, integration) => {
    const fields = await readSettingsFields(tx, integration);
    const mapping = requireMapping(fields, mappingId);
    await deleteMapping(tx, mapping, knowsConflicts);
    return { deltas: [delta("mapping", mappingLabel(fields, mapping), null, [pairOf(mapping)])], result: {} };
  });
}
