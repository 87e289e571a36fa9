"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { readSignedIn } from "@/app/server/context";
import { workspaceCookie } from "@/app/server/workspace-cookie";
import { env } from "@/lib/env";

/** The cookie only states a wish: every request checks the membership again. */
export async function switchWorkspace(workspaceId: string): Promise<void> {
  const signedIn = await readSignedIn();
  const chosen = signedIn?.memberships.find((membership) => membership.workspaceId === workspaceId);
  if (chosen) {
    (await cookies()).set(workspaceCookie, chosen.workspaceId, {
      httpOnly: true,
      sameSite: "lax",
      secure: env().APP_URL.startsWith("https:"),
      maxAge: 365 * 24 * 3600,
      path: "/",
    });
  }
  redirect("/prospects");
}
