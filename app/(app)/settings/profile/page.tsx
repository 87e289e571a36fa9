import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { oidcName } from "@/app/server/auth-options";
import { readSignedIn, requirePage } from "@/app/server/context";
import { PageHeader } from "@/components/ui/page-header";
import { AppearanceCard } from "./appearance-card";
import { NameCard } from "./name-card";
import { PasswordCard } from "./password-card";
import { SessionsCard } from "./sessions-card";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") };
}

export default async function ProfilePage() {
  await requirePage();
  const signedIn = await readSignedIn();
  if (!signedIn) notFound();
  const { name, email, hasPassword } = signedIn.user;
  const t = await getTranslations("profile");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Stack gap="lg" maw={640}>
        <NameCard name={name} email={email} />
        <AppearanceCard />
        <PasswordCard email={email} hasPassword={hasPassword} provider={oidcName() ?? ""} />
        <SessionsCard />
      </Stack>
    </>
  );
}
