import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { members, roles } from "@/db/schema/workspaces";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockMembership, requireAnotherOwner, requireMember, requireRankOver } from "./require-member";

const Input = z.object({ userId: z.uuid(), role: z.enum(roles) });

export async function changeRole({ ctx, input }: { ctx: Ctx; input: z.input<typeof Input> }): Promise<void> {
  requireAdmin(ctx);
  const { userId, role } = Input.parse(input);
  await ctx.db.transaction(async (tx) => {
    const actor = await lockMembership(tx, ctx);
    const member = await requireMember(tx, ctx, userId);
    requireRankOver(actor, [member.role, role]);
    if (member.role === role) return;
    if (member.role === "owner") await requireAnotherOwner(tx, ctx);
    await tx
      .update(members)
      .set({ role })
      .where(and(eq(members.workspaceId, ctx.workspaceId), eq(members.userId, userId)));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        kind: "member/role-changed",
        recordName: member.name,
        changes: [{ field: "role", label: "role", before: member.role, after: role }],
        cause: memberCause(ctx),
      },
    ]);
  });
}
