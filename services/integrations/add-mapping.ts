import type { z } from "zod";
import { fieldMappings } from "@/db/schema/integrations";
import { type Ctx, requireAdmin } from "../context";
import { markKnownPairs } from "../pending/mark-known-pairs";
import { changeSettings, delta } from "./change-settings";
import { checkedMapping, MappingInput, mappingLabel, pairOf } from "./mapping-input";
import { readSettingsFields } from "./settings-fields";

/** A new mapping has no base: where both sides hold different values, that is a conflict to decide, found at once. */
export async function addMapping({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof MappingInput>;
}): Promise<{ updatedAt: string; mappingId: string }> {
  requireAdmin(ctx);
  const { integrationId, seen, ...wanted } = MappingInput.parse(input);
  return changeSettings(ctx, { integrationId, seen }, async (tx, integration) => {
    const fields = await readSettingsFields(tx, integration);
    const values = checkedMapping(integration, fields, wanted);
    const position = Math.max(-1, ...fields.mappings.map((mapping) => mapping.position)) + 1;
    const [row] = await tx
      .insert(fieldMappings)
      .values({ ...values, integrationId, position })
      .returning({ id: fieldMappings.id });
    if (!row) throw new Error("the new mapping was not returned");
    if (integration.state !== "draft") await markKnownPairs(tx, integrationId);
    return {
      deltas: [delta("mapping", null, mappingLabel(fields, values), [pairOf(values)])],
      result: { mappingId: row.id },
    };
  });
}
