import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { prospectLists } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";
import { ListName, listNameTaken } from "./create-list";

export const RenameList = z.object({ id: z.uuid(), name: ListName });
export type RenameList = z.infer<typeof RenameList>;

export async function renameList({ ctx, input }: { ctx: Ctx; input: RenameList }): Promise<void> {
  const { id, name } = RenameList.parse(input);
  try {
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
        .for("update");
      if (!list) throw new ServiceError("not_found", "no such list", { reason: "list_gone" });
      if (list.name === name) return;
      await tx.update(prospectLists).set({ name }).where(eq(prospectLists.id, id));
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          kind: "list/renamed",
          recordName: name,
          changes: [{ field: "name", label: "name", before: list.name, after: name }],
          cause: memberCause(ctx),
        },
      ]);
    });
  } catch (error) {
    throw listNameTaken(error, name);
  }
}
