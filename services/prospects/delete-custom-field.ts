import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { type CustomFieldUse, customFieldUses } from "@/db/queries/custom-fields";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { customFields } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { type NewActivity, recordActivities } from "../activities/record-activity";
import { type Ctx, requireAdmin } from "../context";
import { ServiceError } from "../service-error";

export const DeleteCustomField = z.object({
  id: z.uuid(),
  /** The uses the person was warned of: mapping ids, and integration ids for constants. */
  confirmedUses: z.array(z.uuid()).max(1000).default([]),
});
export type DeleteCustomField = z.input<typeof DeleteCustomField>;
export type { CustomFieldUse };

/**
 * Deletes a custom field and stops what uses it, that alone. Refuses with `in_use` while there is a use
 * that was not confirmed. Values stay with the prospects.
 */
export async function deleteCustomField({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: DeleteCustomField;
}): Promise<{ stopped: number }> {
  requireAdmin(ctx);
  const { id, confirmedUses } = DeleteCustomField.parse(input);
  return ctx.db.transaction(async (tx) => {
    const [field] = await tx
      .select({ name: customFields.name })
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

    const uses = await customFieldUses(tx, ctx.workspaceId, id);
    const confirmed = new Set(confirmedUses);
    const surprise = uses.find((use) => !confirmed.has(useId(use)));
    if (surprise) {
      throw new ServiceError("in_use", "a use of the field was not confirmed", {
        reason: surprise.mappingId ? "field_mapped" : "field_is_constant",
        values: {
          field: field.name,
          integration: surprise.accountName,
          property: surprise.propertyLabel ?? surprise.hubspotProperty ?? "",
        },
      });
    }
    await tx.update(customFields).set({ deletedAt: new Date() }).where(eq(customFields.id, id));
    const mappingIds = uses.flatMap(({ mappingId }) => mappingId ?? []);
    if (mappingIds.length) {
      await tx
        .update(fieldMappings)
        .set({ stoppedReason: "snov_field_deleted" })
        .where(inArray(fieldMappings.id, mappingIds));
    }
    const constantIn = uses.flatMap((use) => (use.mappingId ? [] : use.integrationId));
    if (constantIn.length) {
      await tx.update(integrations).set({ constantToSnov: null }).where(inArray(integrations.id, constantIn));
    }
    const common = { workspaceId: ctx.workspaceId, cause: memberCause(ctx) };
    await recordActivities(tx, [
      { ...common, kind: "custom_field/deleted", recordName: field.name },
      ...uses.map((use): NewActivity => ({ ...common, ...stoppedUse(use, field.name) })),
    ]);
    return { stopped: uses.length };
  });
}

/** By what a use is confirmed. */
export function useId(use: CustomFieldUse): string {
  return use.mappingId ?? use.integrationId;
}

function stoppedUse(use: CustomFieldUse, name: string) {
  const property = use.propertyLabel ?? use.hubspotProperty;
  return {
    integrationId: use.integrationId,
    kind: use.mappingId ? "mapping/stopped" : "constant/stopped",
    recordName: name,
    changes: property
      ? [{ field: "mapping", label: "mapping", before: `${name} ↔ ${property}`, after: null }]
      : [],
  };
}
