import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitations } from "@/db/schema/workspaces";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { lockMembership, requireRankOver } from "./require-member";

const Input = z.object({ invitationId: z.uuid() });

export async function withdrawInvitation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof Input>;
}): Promise<void> {
  requireAdmin(ctx);
  const { invitationId } = Input.parse(input);
  await ctx.db.transaction(async (tx) => {
    const actor = await lockMembership(tx, ctx);
    const [withdrawn] = await tx
      .delete(invitations)
      .where(
        and(
          eq(invitations.id, invitationId),
          eq(invitations.workspaceId, ctx.workspaceId),
          isNull(invitations.acceptedAt),
        ),
      )
      .returning({ email: invitations.email, role: invitations.role });
    if (!withdrawn) throw new ServiceError("not_found", "no such open invitation");
    requireRankOver(actor, [withdrawn.role]);
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        kind: "member/invitation-withdrawn",
        recordName: withdrawn.email,
        cause: memberCause(ctx),
      },
    ]);
  });
}
