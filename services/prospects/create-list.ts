import { z } from "zod";
import { isUniqueViolation } from "@/db/refusal";
import { prospectLists } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { ServiceError } from "../service-error";

export const ListName = z.string().trim().min(1, "name_missing").max(100, "name_too_long");

export const CreateList = z.object({ name: ListName });
export type CreateList = z.infer<typeof CreateList>;

export async function createList({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: CreateList;
}): Promise<{ id: string; name: string }> {
  const { name } = CreateList.parse(input);
  try {
    return await ctx.db.transaction(async (tx) => {
      const [list] = await tx
        .insert(prospectLists)
        .values({ workspaceId: ctx.workspaceId, name })
        .returning({ id: prospectLists.id, name: prospectLists.name });
      if (!list) throw new Error("the new list was not returned");
      await recordActivities(tx, [
        { workspaceId: ctx.workspaceId, kind: "list/created", recordName: name, cause: memberCause(ctx) },
      ]);
      return list;
    });
  } catch (error) {
    throw listNameTaken(error, name);
  }
}

export function listNameTaken(error: unknown, name: string): unknown {
  if (!isUniqueViolation(error, "prospect_lists_name")) return error;
  return new ServiceError(
    "already_exists",
    "a list has this name",
    { reason: "list_name_taken", values: { name }, fields: { name: "list_name_taken" } },
    { cause: error },
  );
}
