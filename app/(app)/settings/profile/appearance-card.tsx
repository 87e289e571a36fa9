"use client";

import {
  Input,
  type MantineColorScheme,
  NativeSelect,
  SegmentedControl,
  Stack,
  useMantineColorScheme,
} from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import { languages } from "@/components/shell/language-switch";
import { useAction } from "@/components/ui/use-action";
import { type Locale, localeCookie } from "@/lib/locales";
import { setCookie } from "@/lib/set-cookie";
import { editProfileAction } from "./actions";
import { ProfileCard } from "./profile-card";

const schemes = ["auto", "light", "dark"] as const;

export function AppearanceCard() {
  const t = useTranslations("profile");
  const { run } = useAction(editProfileAction);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The scheme lives in the browser, so the server cannot draw it; a language chosen before the page is ready would be lost.
  const mounted = useMounted();
  return (
    <ProfileCard title={t("appearance")}>
      <Stack gap="md">
        <NativeSelect
          label={t("language")}
          data={languages}
          value={useLocale()}
          disabled={!mounted}
          onChange={(event) => {
            const locale = event.currentTarget.value as Locale;
            setCookie(localeCookie, locale);
            void run({ locale });
          }}
        />
        <Input.Wrapper label={t("scheme")} labelElement="div" id="colour-scheme">
          <SegmentedControl
            fullWidth
            mt={4}
            aria-labelledby="colour-scheme-label"
            data={schemes.map((scheme) => ({ value: scheme, label: t(scheme) }))}
            value={mounted ? colorScheme : ""}
            onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
          />
        </Input.Wrapper>
      </Stack>
    </ProfileCard>
  );
}
