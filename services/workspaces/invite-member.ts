import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { invitations, members, roles, users } from "@/db/schema/workspaces";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { EmailInput } from "./inputs";
import { hashInvitationToken, newInvitationToken } from "./invitation-token";
import { lockMembership, requireRankOver } from "./require-member";

const Input = z.object({ email: EmailInput, role: z.enum(roles) });
const validForMs = 7 * 24 * 3600_000;

/** Returns the token of the link, which is shown once; a new invitation replaces an open one for the same address. */
export async function inviteMember({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof Input>;
}): Promise<{ invitationId: string; token: string }> {
  requireAdmin(ctx);
  const { email, role } = Input.parse(input);
  const token = newInvitationToken();
  return ctx.db.transaction(async (tx) => {
    requireRankOver(await lockMembership(tx, ctx), [role]);
    const [existing] = await tx
      .select({ userId: members.userId })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.workspaceId, ctx.workspaceId), eq(sql`lower(${users.email})`, email)));
    if (existing) {
      throw new ServiceError("already_exists", "a member already", { fields: { email: "already_member" } });
    }
    await tx
      .delete(invitations)
      .where(
        and(
          eq(invitations.workspaceId, ctx.workspaceId),
          eq(invitations.email, email),
          isNull(invitations.acceptedAt),
        ),
      );
    const [created] = await tx
      .insert(invitations)
      .values({
        workspaceId: ctx.workspaceId,
        email,
        role,
        tokenHash: hashInvitationToken(token),
        expiresAt: new Date(Date.now() + validForMs),
      })
      .returning({ id: invitations.id });
    if (!created) throw new Error("The insert of an invitation returned no row");
    await recordActivities(tx, [
      { workspaceId: ctx.workspaceId, kind: "member/invited", recordName: email, cause: memberCause(ctx) },
    ]);
    return { invitationId: created.id, token };
  });
}
