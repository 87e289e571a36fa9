import { z } from "zod";
import { type TrashedList, trashedLists } from "@/db/queries/lists";
import { prospectsTrash, type TrashPage } from "@/db/queries/prospects-trash";
import type { Ctx } from "../context";
import { Cursor, isInstant } from "./cursor";

export const ReadTrash = z.object({
  after: Cursor.transform((cursor) => (isInstant(cursor) ? cursor : null)),
});
export type ReadTrash = z.infer<typeof ReadTrash>;

/** One page of trashed prospects; with the first one also the trashed lists. */
export async function readTrash({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadTrash;
}): Promise<{ page: TrashPage; lists: TrashedList[] }> {
  const [page, lists] = await Promise.all([
    prospectsTrash(ctx.db, ctx.workspaceId, { after: input.after, limit: 50 }),
    input.after ? [] : trashedLists(ctx.db, ctx.workspaceId),
  ]);
  return { page, lists };
}
