import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { FieldsTable } from "@/components/fields/fields-table";
import { liveCustomFields } from "@/db/queries/custom-fields";
import {
  createCustomFieldAction,
  deleteCustomFieldAction,
  editCustomFieldAction,
  fieldUsesAction,
} from "./actions";

export async function generateMetadata() {
  return { title: (await getTranslations("fields"))("title") };
}

export default async function FieldsPage() {
  const ctx = await requirePage();
  const fields = await liveCustomFields(ctx.db, ctx.workspaceId);
  return (
    <FieldsTable
      fields={fields.map((field) => ({ ...field, createdAt: field.createdAt.toISOString() }))}
      mayDelete={ctx.role !== "member"}
      actions={{
        create: createCustomFieldAction,
        edit: editCustomFieldAction,
        remove: deleteCustomFieldAction,
        uses: fieldUsesAction,
      }}
    />
  );
}
