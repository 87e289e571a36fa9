"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { readSignedIn } from "@/app/server/context";
import { rememberWorkspace } from "@/app/server/workspace-cookie";

export async function switchWorkspace(workspaceId: string): Promise<void> {
  const signedIn = await readSignedIn();
  const chosen = signedIn?.memberships.find((membership) => membership.workspaceId === workspaceId);
  if (chosen) rememberWorkspace(await cookies(), chosen.workspaceId);
  redirect("/prospects");
}
