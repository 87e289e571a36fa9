"use server";

import { runAction } from "@/app/server/run-action";
import { customFieldUses } from "@/db/queries/custom-fields";
import { type CreateCustomField, createCustomField } from "@/services/prospects/create-custom-field";
import { type DeleteCustomField, deleteCustomField } from "@/services/prospects/delete-custom-field";
import { type EditCustomField, editCustomField } from "@/services/prospects/edit-custom-field";

export async function createCustomFieldAction(input: CreateCustomField) {
  return runAction((ctx) => createCustomField({ ctx, input }));
}

export async function editCustomFieldAction(input: EditCustomField) {
  return runAction((ctx) => editCustomField({ ctx, input }));
}

export async function deleteCustomFieldAction(input: DeleteCustomField) {
  return runAction((ctx) => deleteCustomField({ ctx, input }));
}

/** Read afresh when somebody is about to delete a field. */
export async function fieldUsesAction(input: { id: string }) {
  return runAction((ctx) => customFieldUses(ctx.db, ctx.workspaceId, input.id));
}
