import { z } from "zod";
import { fieldMappings } from "@/db/schema/integrations";
import { type Ctx, requireAdmin } from "../context";
import { markKnownPairs } from "../pending/mark-known-pairs";
import { changeSettings, delta } from "./change-settings";
import { deleteMapping } from "./delete-mapping";
import {
  checkedMapping,
  knowsOfThem,
  MappingInput,
  mappingLabel,
  pairOf,
  requireMapping,
} from "./mapping-input";
import { readSettingsFields } from "./settings-fields";

const ReplaceMapping = MappingInput.extend({ mappingId: z.uuid(), knowsConflicts: knowsOfThem });

/** Puts another pair of fields in the place of this one, also of a stopped one. It starts without a base, as a new one. */
export async function replaceMapping({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReplaceMapping>;
}): Promise<{ updatedAt: string; mappingId: string }> {
  requireAdmin(ctx);
  const { integrationId, seen, mappingId, knowsConflicts, ...wanted } = ReplaceMapping.parse(input);
  return changeSettings(ctx, { integrationId, seen }, async (tx, integration) => {
    const fields = await readSettingsFields(tx, integration);
    const before = requireMapping(fields, mappingId);
    const values = checkedMapping(integration, fields, wanted, mappingId);
    await deleteMapping(tx, before, knowsConflicts);
    const [row] = await tx
      .insert(fieldMappings)
      .values({ ...values, integrationId, position: before.position })
      .returning({ id: fieldMappings.id });
    if (integration.state !== "draft") await markKnownPairs(tx, integrationId);
    if (!row) throw new Error("the new mapping was not returned");
    return {
      deltas: [
        delta("mapping", mappingLabel(fields, before), mappingLabel(fields, values), [
          pairOf(before),
          pairOf(values),
        ]),
      ],
      result: { mappingId: row.id },
    };
  });
}
