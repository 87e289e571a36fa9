import { z } from "zod";
import type { Tx } from "@/db/client";
import { liveCustomFields } from "@/db/queries/custom-fields";
import { isEmpty, type Value } from "@/sync/value";
import { ServiceError } from "../service-error";
import { parseFieldValue } from "./parse-field-value";
import { type ProspectField, prospectFields } from "./prospect-fields";
import type { ProspectValues } from "./prospect-values";

export const FieldValue: z.ZodType<Value> = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);

export async function readFields(tx: Tx, workspaceId: string): Promise<ProspectField[]> {
  return prospectFields(await liveCustomFields(tx, workspaceId));
}

/** Every given value by its field's type; refuses with one reason per field. */
export function parseValues(fields: ProspectField[], input: ProspectValues): ProspectValues {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const values: ProspectValues = {};
  const faults: Record<string, string> = {};
  for (const [key, raw] of Object.entries(input)) {
    const field = byKey.get(key);
    if (!field) {
      faults[key] = "field_gone";
      continue;
    }
    const parsed = parseFieldValue(field, raw);
    if (parsed.ok) values[key] = parsed.value;
    else faults[key] = parsed.reason;
  }
  if (Object.keys(faults).length) {
    throw new ServiceError("invalid_input", "some values do not fit their field", { fields: faults });
  }
  return values;
}

/** Somebody must be able to tell who it is. */
export function requireIdentity(values: ProspectValues): void {
  const telling = [values.emails, values.first_name, values.last_name, values.linkedin_url];
  if (telling.every(isEmpty)) {
    throw new ServiceError("invalid_input", "neither a name nor an address", { reason: "prospect_nameless" });
  }
}
