import { Alert, Stack, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { readSignedIn, requirePage } from "@/app/server/context";
import { PageHeader } from "@/components/ui/page-header";
import { env } from "@/lib/env";
import { nextDigestTime } from "@/services/mail/digest-time";
import { readPreferences } from "@/services/telling/mail-preferences";
import { PreferencesCard } from "./preferences-card";
import { TestMailCard } from "./test-mail-card";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notices.settings"))("title") };
}

export default async function NoticeSettingsPage() {
  const ctx = await requirePage();
  const signedIn = await readSignedIn();
  const t = await getTranslations("notices.settings");
  const format = await getFormatter();
  const { SMTP_URL, MAIL_DIGEST_HOUR } = env();
  const daily = format.dateTime(nextDigestTime(new Date(), MAIL_DIGEST_HOUR), { timeStyle: "short" });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Stack gap="lg" maw={720}>
        {SMTP_URL ? null : (
          <Alert color="orange" icon={<IconMailOff size={20} />} title={t("offTitle")}>
            <Text size="sm">{t("offText")}</Text>
          </Alert>
        )}
        <PreferencesCard initial={await readPreferences(ctx)} dailyAt={daily} />
        {SMTP_URL ? <TestMailCard email={signedIn?.user.email ?? ""} /> : null}
      </Stack>
    </>
  );
}
