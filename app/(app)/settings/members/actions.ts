"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/server/run-action";
import type { Role } from "@/db/queries/workspaces";
import { env } from "@/lib/env";
import { changeRole } from "@/services/workspaces/change-role";
import { inviteMember } from "@/services/workspaces/invite-member";
import { removeMember } from "@/services/workspaces/remove-member";
import { withdrawInvitation } from "@/services/workspaces/withdraw-invitation";

const page = "/settings/members";

export async function inviteMemberAction(input: { email: string; role: Role }) {
  return runAction(async (ctx) => {
    const { token } = await inviteMember({ ctx, input });
    revalidatePath(page);
    return { link: `${env().APP_URL}/invite/${token}` };
  });
}

export async function withdrawInvitationAction(input: { invitationId: string }) {
  return runAction(async (ctx) => {
    await withdrawInvitation({ ctx, input });
    revalidatePath(page);
    return null;
  });
}

export async function changeRoleAction(input: { userId: string; role: Role }) {
  return runAction(async (ctx) => {
    await changeRole({ ctx, input });
    revalidatePath(page);
    return null;
  });
}

export async function removeMemberAction(input: { userId: string }) {
  return runAction(async (ctx) => {
    await removeMember({ ctx, input });
    if (input.userId !== ctx.userId) revalidatePath(page);
    return null;
  });
}
