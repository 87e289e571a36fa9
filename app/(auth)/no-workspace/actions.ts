"use server";

import { readSignedIn } from "@/app/server/context";
import { deps } from "@/app/server/deps";
import { runPublicAction } from "@/app/server/run-action";
import { ServiceError } from "@/services/service-error";
import { createWorkspace } from "@/services/workspaces/create-workspace";

export async function createWorkspaceAction(name: string) {
  return runPublicAction(async () => {
    const signedIn = await readSignedIn();
    if (!signedIn) throw new ServiceError("signed_out", "no session");
    return createWorkspace({ deps: deps(), person: signedIn.user, input: { name } });
  });
}
