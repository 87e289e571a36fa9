"use server";

import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { clientAddress } from "@/app/server/client-address";
import { deps } from "@/app/server/deps";
import { runPublicAction } from "@/app/server/run-action";
import type { Locale } from "@/lib/locales";
import { signUp } from "@/services/workspaces/sign-up";

type Input = { name: string; email: string; password: string; workspaceName: string };

export async function signUpAction({ name, email, password, workspaceName }: Input) {
  return runPublicAction(async () => {
    const address = clientAddress(Object.fromEntries(await headers()));
    const locale = (await getLocale()) as Locale;
    await signUp({ deps: deps(), input: { name, email, password, workspaceName, locale, address } });
    return null;
  });
}
