"use server";

import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { clientAddress } from "@/app/server/client-address";
import { readSignedIn } from "@/app/server/context";
import { deps } from "@/app/server/deps";
import { runPublicAction } from "@/app/server/run-action";
import { rememberWorkspace } from "@/app/server/workspace-cookie";
import type { Locale } from "@/lib/locales";
import { ServiceError } from "@/services/service-error";
import { joinWorkspace, signUpByInvitation } from "@/services/workspaces/accept-invitation";

export async function joinWorkspaceAction(token: string) {
  return runPublicAction(async () => {
    const signedIn = await readSignedIn();
    if (!signedIn) throw new ServiceError("signed_out", "no session");
    const { workspaceId } = await joinWorkspace({ deps: deps(), person: signedIn.user, input: { token } });
    rememberWorkspace(await cookies(), workspaceId);
    return null;
  });
}

export async function signUpByInvitationAction(input: { token: string; name: string; password: string }) {
  return runPublicAction(async () => {
    const { token, name, password } = input;
    const address = clientAddress(Object.fromEntries(await headers()));
    const locale = (await getLocale()) as Locale;
    const { email } = await signUpByInvitation({
      deps: deps(),
      input: { token, name, password, locale, address },
    });
    return { email };
  });
}
