import { z } from "zod";
import type { ConstantField } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";
import { offeredConstantFields } from "@/sync/mapping-rules";
import { isEmpty } from "@/sync/value";
import { type Ctx, requireAdmin } from "../context";
import { parseFieldValue } from "../prospects/parse-field-value";
import { FieldValue } from "../prospects/parse-prospect-input";
import { ServiceError } from "../service-error";
import { changeSettings, delta, SettingsTarget } from "./change-settings";
import { readSettingsFields, type SettingsFields } from "./settings-fields";

const Constant = z.object({ field: z.string().max(200), value: FieldValue }).nullable();
const SaveConstants = SettingsTarget.extend({ toHubspot: Constant, toSnov: Constant });

/** Null switches a direction's constant off. */
export async function saveConstants({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof SaveConstants>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { toHubspot, toSnov, ...target } = SaveConstants.parse(input);
  return changeSettings(ctx, target, async (tx, before) => {
    const fields = await readSettingsFields(tx, before);
    const set = {
      constantToHubspot:
        toHubspot && checked(fields, "hubspot", "toHubspot", toHubspot, before.constantToHubspot?.field),
      constantToSnov: toSnov && checked(fields, "snov", "toSnov", toSnov),
      // One that can be chosen can be written.
      constantStopped: null,
    };
    const deltas = [
      delta("constantToHubspot", before.constantToHubspot, set.constantToHubspot),
      delta("constantToSnov", before.constantToSnov, set.constantToSnov),
    ];
    return { ...(deltas.some((d) => d.before !== d.after) ? { set } : {}), deltas, result: {} };
  });
}

function checked(
  { snov, hubspot, mappings }: SettingsFields,
  side: "snov" | "hubspot",
  input: "toHubspot" | "toSnov",
  constant: ConstantField,
  chosen?: string,
): ConstantField {
  const definitions = side === "snov" ? snov : hubspot;
  const field = definitions.get(constant.field);
  if (!field?.custom || !field.writable) throw refused(input, "constant_field_unknown");
  if (!offeredConstantFields([field], mappings, chosen).length) throw refused(input, "constant_field_mapped");
  const parsed = parseFieldValue(asInput(field), constant.value);
  if (!parsed.ok || isEmpty(parsed.value))
    throw refused(input, parsed.ok ? "constant_value_invalid" : parsed.reason);
  return { field: field.key, value: parsed.value };
}

function asInput(field: FieldDefinition) {
  return { key: field.key, kind: field.type, options: field.options, name: field.label };
}

function refused(input: string, reason: string): ServiceError {
  return new ServiceError("invalid_input", `constant refused: ${reason}`, {
    reason,
    fields: { [input]: reason },
  });
}
