import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { ListsTable } from "@/components/prospects/lists-table";
import { listsWithCounts } from "@/db/queries/lists";
import { createListAction, renameListAction, trashListAction } from "./actions";

export async function generateMetadata() {
  return { title: (await getTranslations("lists"))("title") };
}

export default async function ListsPage() {
  const ctx = await requirePage();
  const lists = await listsWithCounts(ctx.db, ctx.workspaceId);
  return (
    <ListsTable
      lists={lists.map((list) => ({ ...list, createdAt: list.createdAt.toISOString() }))}
      actions={{ create: createListAction, rename: renameListAction, trash: trashListAction }}
    />
  );
}
