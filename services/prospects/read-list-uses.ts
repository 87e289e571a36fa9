import { z } from "zod";
import { findList, type ListUse, listUses } from "@/db/queries/lists";
import { type ListTransfer, listTransferUses } from "@/db/queries/transfers-of-list";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";

/** `integrations` hold the list until their settings let go of it; `transfers` until they have ended. */
export type ListUses = { integrations: ListUse[]; transfers: ListTransfer[] };

/** What uses a list at this moment. */
export async function readListUses({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: { id: string };
}): Promise<ListUses> {
  const id = z.uuid().safeParse(input.id);
  const list = id.success ? await findList(ctx.db, ctx.workspaceId, id.data) : null;
  if (!list) throw new ServiceError("not_found", "no such list", { reason: "list_gone" });
  const [integrations, transfers] = await Promise.all([
    listUses(ctx.db, ctx.workspaceId, list.id),
    listTransferUses(ctx.db, ctx.workspaceId, list.id),
  ]);
  return { integrations, transfers };
}
