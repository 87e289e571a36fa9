import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readSignedIn } from "@/app/server/context";
import { TextLink } from "@/components/ui/text-link";
import { AuthHeading } from "../auth-heading";
import { SignUpForm } from "./sign-up-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUp") };
}

export default async function SignUpPage() {
  if (await readSignedIn()) redirect("/");
  const t = await getTranslations("auth");
  return (
    <>
      <AuthHeading title={t("signUpTitle")}>{t("signUpText")}</AuthHeading>
      <SignUpForm />
      <Text mt="lg" size="sm" c="dimmed">
        {t("haveAccount")}{" "}
        <TextLink href="/sign-in" size="sm">
          {t("signIn")}
        </TextLink>
      </Text>
    </>
  );
}
