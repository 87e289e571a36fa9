import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { trashedAfter } from "@/db/queries/prospects-trash";
import { prospectLists } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";
import { ListName, listNameTaken } from "./create-list";

export const RestoreList = z.object({
  id: z.uuid(),
  /** Another name, where its own was given to a new list meanwhile. */
  name: ListName.optional(),
});
export type RestoreList = z.infer<typeof RestoreList>;

export async function restoreList({ ctx, input }: { ctx: Ctx; input: RestoreList }): Promise<void> {
  const { id, name } = RestoreList.parse(input);
  let wanted = name ?? "";
  try {
    await ctx.db.transaction(async (tx) => {
      const [list] = await tx
        .select({ name: prospectLists.name })
        .from(prospectLists)
        .where(
          and(
            eq(prospectLists.id, id),
            eq(prospectLists.workspaceId, ctx.workspaceId),
            isNotNull(prospectLists.deletedAt),
            trashedAfter(prospectLists.deletedAt),
          ),
        )
        .for("update");
      if (!list) throw new ServiceError("not_found", "not in the trash", { reason: "not_in_trash" });
      wanted = name ?? list.name;
      await tx.update(prospectLists).set({ deletedAt: null, name: wanted }).where(eq(prospectLists.id, id));
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          kind: "list/restored",
          recordName: wanted,
          cause: memberCause(ctx),
        },
      ]);
    });
  } catch (error) {
    throw listNameTaken(error, wanted);
  }
}
