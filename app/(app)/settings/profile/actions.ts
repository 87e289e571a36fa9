"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/server/run-action";
import type { Locale } from "@/lib/locales";
import { changePassword } from "@/services/workspaces/change-password";
import { editProfile } from "@/services/workspaces/edit-profile";
import { endSessions } from "@/services/workspaces/end-sessions";

export async function editProfileAction(input: { name?: string; locale?: Locale }) {
  return runAction(async (ctx) => {
    await editProfile({ ctx, input });
    revalidatePath("/", "layout");
    return null;
  });
}

export async function changePasswordAction(input: { currentPassword: string; newPassword: string }) {
  return runAction(async (ctx) => {
    await changePassword({ ctx, input });
    return null;
  });
}

export async function endSessionsAction() {
  return runAction(async (ctx) => {
    await endSessions({ ctx });
    return null;
  });
}
