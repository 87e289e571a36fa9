import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { customFields } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";
import { type CustomField, FieldName, nameTaken } from "./create-custom-field";
import { NewOption, settleOptions } from "./field-options";

export const EditCustomField = z.object({
  id: z.uuid(),
  name: FieldName,
  /** All choices in their order; those that keep their value keep what records hold. */
  options: z.array(NewOption).max(200).default([]),
});
export type EditCustomField = z.input<typeof EditCustomField>;

/** Renames a field and edits its choices. The type never changes: mappings and values rest on it. */
export async function editCustomField({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: EditCustomField;
}): Promise<CustomField> {
  const { id, name, options } = EditCustomField.parse(input);
  try {
    return await ctx.db.transaction(async (tx) => {
      const [field] = await tx
        .select()
        .from(customFields)
        .where(
          and(
            eq(customFields.id, id),
            eq(customFields.workspaceId, ctx.workspaceId),
            isNull(customFields.deletedAt),
          ),
        )
        .for("update");
      if (!field) throw new ServiceError("not_found", "no such custom field", { reason: "field_gone" });
      const settled = settleOptions(field.type, options, field.options);
      await tx.update(customFields).set({ name, options: settled }).where(eq(customFields.id, id));
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          kind: "custom_field/edited",
          recordName: name,
          changes: [
            { field: "name", label: "name", before: field.name, after: name },
            {
              field: "options",
              label: "options",
              before: field.options.map((option) => option.label),
              after: settled.map((option) => option.label),
            },
          ].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
          cause: memberCause(ctx),
        },
      ]);
      return { id, name, type: field.type, options: settled };
    });
  } catch (error) {
    throw nameTaken(error, name);
  }
}
