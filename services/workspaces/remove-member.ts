import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { members } from "@/db/schema/workspaces";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockMembership, requireAnotherOwner, requireMember, requireRankOver } from "./require-member";

const Input = z.object({ userId: z.uuid() });

/** Everybody may leave; removing others is for owners and admins. */
export async function removeMember({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof Input>;
}): Promise<void> {
  if (input.userId !== ctx.userId) requireAdmin(ctx);
  const { userId } = Input.parse(input);
  await ctx.db.transaction(async (tx) => {
    const actor = await lockMembership(tx, ctx);
    const member = await requireMember(tx, ctx, userId);
    if (userId !== ctx.userId) requireRankOver(actor, [member.role]);
    if (member.role === "owner") await requireAnotherOwner(tx, ctx);
    await tx.delete(members).where(and(eq(members.workspaceId, ctx.workspaceId), eq(members.userId, userId)));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        kind: userId === ctx.userId ? "member/left" : "member/removed",
        recordName: member.name,
        cause: memberCause(ctx),
      },
    ]);
  });
}
