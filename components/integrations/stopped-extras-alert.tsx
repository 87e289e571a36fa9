import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";

type Props = {
  extras: Overview["stoppedExtras"];
  /** Where another one is chosen, unless that is here. */
  settings?: string;
};

/** Names the constant and the first status that cannot be written; nothing while all can. */
export function StoppedExtrasAlert({ extras, settings }: Props) {
  const t = useTranslations("stoppedExtras");
  if (!extras.length) return null;
  return (
    <Alert role="alert" color="orange" icon={<IconAlertTriangle size={20} />} title={t("title")}>
      {extras.map(({ kind, label, reason }) => (
        <Text size="sm" key={kind}>
          {t(kind, { property: label, reason })}
        </Text>
      ))}
      <Text size="sm">
        {t("after")} {settings ? <TextLink href={settings}>{t("settings")}</TextLink> : null}
      </Text>
    </Alert>
  );
}
