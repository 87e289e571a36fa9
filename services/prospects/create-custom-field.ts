import { z } from "zod";
import { isUniqueViolation } from "@/db/refusal";
import { customFields } from "@/db/schema/prospects";
import { type FieldType, fieldTypes } from "@/sync/value";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";
import { NewOption, settleOptions } from "./field-options";

export const FieldName = z.string().trim().min(1, "name_missing").max(100, "name_too_long");

export const CreateCustomField = z.object({
  name: FieldName,
  type: z.enum(fieldTypes),
  options: z.array(NewOption).max(200).default([]),
});
export type CreateCustomField = z.input<typeof CreateCustomField>;

export type CustomField = {
  id: string;
  name: string;
  type: FieldType;
  options: { value: string; label: string }[];
};

export async function createCustomField({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: CreateCustomField;
}): Promise<CustomField> {
  const { name, type, options } = CreateCustomField.parse(input);
  const settled = settleOptions(type, options);
  try {
    return await ctx.db.transaction(async (tx) => {
      const [field] = await tx
        .insert(customFields)
        .values({ workspaceId: ctx.workspaceId, name, type, options: settled })
        .returning({ id: customFields.id });
      if (!field) throw new Error("the new custom field was not returned");
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          kind: "custom_field/created",
          recordName: name,
          cause: memberCause(ctx),
        },
      ]);
      return { id: field.id, name, type, options: settled };
    });
  } catch (error) {
    throw nameTaken(error, name);
  }
}

export function nameTaken(error: unknown, name: string): unknown {
  if (!isUniqueViolation(error, "custom_fields_name")) return error;
  return new ServiceError(
    "already_exists",
    "a custom field has this name",
    { reason: "field_name_taken", values: { name }, fields: { name: "field_name_taken" } },
    { cause: error },
  );
}
