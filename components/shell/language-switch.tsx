"use client";

import { NativeSelect } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { localeCookie } from "@/lib/locales";
import { setCookie } from "@/lib/set-cookie";

export const languages = [
  { value: "en", label: "English" },
  { value: "pt-BR", label: "Português (Brasil)" },
];

export function LanguageSwitch() {
  const t = useTranslations("common");
  const router = useRouter();
  return (
    <NativeSelect
      aria-label={t("language")}
      variant="unstyled"
      styles={{ input: { fieldSizing: "content" } }}
      size="sm"
      leftSection={<IconLanguage size={18} stroke={1.6} aria-hidden />}
      data={languages}
      value={useLocale()}
      onChange={(event) => {
        setCookie(localeCookie, event.currentTarget.value);
        router.refresh();
      }}
    />
  );
}
