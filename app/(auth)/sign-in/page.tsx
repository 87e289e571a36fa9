import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { oidcName } from "@/app/server/auth-options";
import { readSignedIn } from "@/app/server/context";
import { TextLink } from "@/components/ui/text-link";
import { env } from "@/lib/env";
import { safePath } from "@/lib/safe-path";
import { AuthHeading } from "../auth-heading";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn") };
}

type Props = { searchParams: Promise<{ next?: string | string[]; error?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, error } = await searchParams;
  const path = safePath(next);
  if (await readSignedIn()) redirect(path);
  const t = await getTranslations("auth");
  return (
    <>
      <AuthHeading title={t("signInTitle")} />
      <SignInForm
        next={path}
        oidcName={oidcName()}
        demo={env().SANDBOX_URL !== undefined}
        failed={typeof error === "string" ? error : undefined}
      />
      <Text mt="lg" size="sm" c="dimmed">
        {t("noAccount")}{" "}
        <TextLink href="/sign-up" size="sm">
          {t("createOne")}
        </TextLink>
      </Text>
    </>
  );
}
