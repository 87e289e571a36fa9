import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { listUses } from "@/db/queries/lists";
import { listTransferUses } from "@/db/queries/transfers-of-list";
import { prospectLists } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";

export const TrashList = z.object({
  id: z.uuid(),
  /** The person knows of the transfer that uses it. */
  despiteTransfer: z.boolean().default(false),
});
export type TrashList = z.input<typeof TrashList>;

/**
 * Moves a list to the trash; its prospects stay. Refuses while an integration receives into it or sends from it, and
 * while a transfer uses it unless the person was told.
 */
export async function trashList({ ctx, input }: { ctx: Ctx; input: TrashList }): Promise<void> {
  const { id, despiteTransfer } = TrashList.parse(input);
  await ctx.db.transaction(async (tx) => {
    const [list] = await tx
      .select({ name: prospectLists.name })
      .from(prospectLists)
      .where(
        and(
          eq(prospectLists.id, id),
          eq(prospectLists.workspaceId, ctx.workspaceId),
          isNull(prospectLists.deletedAt),
        ),
      )
      // Whoever makes it an integration's receiving list at this moment waits, or is seen below.
      .for("update");
    if (!list) throw new ServiceError("not_found", "no such list", { reason: "list_gone" });
    const [use] = await listUses(tx, ctx.workspaceId, id);
    if (use) {
      throw new ServiceError("in_use", "an integration uses the list", {
        reason: use.receives ? "list_receives" : "list_in_scope",
        values: { list: list.name, integration: use.accountName },
      });
    }
    const [transfer] = despiteTransfer ? [] : await listTransferUses(tx, ctx.workspaceId, id);
    if (transfer) {
      throw new ServiceError("in_use", "a transfer uses the list", {
        reason: "list_in_transfer",
        values: { list: list.name, integration: transfer.accountName },
      });
    }
    await tx.update(prospectLists).set({ deletedAt: new Date() }).where(eq(prospectLists.id, id));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        kind: "list/trashed",
        recordName: list.name,
        cause: memberCause(ctx),
      },
    ]);
  });
}
