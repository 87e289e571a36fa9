import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";

type Props = { mappings: Overview["stoppedMappings"]; settings: string };

/** Names the fields that rest by themselves, and why; nothing while all travel. */
export function StoppedMappingsAlert({ mappings, settings }: Props) {
  const t = useTranslations("stoppedMappings");
  const reasons = useTranslations("mapping.stoppedReasons");
  if (!mappings.length) return null;
  return (
    <Alert
      role="alert"
      color="orange"
      icon={<IconAlertTriangle size={20} />}
      title={t("title", { count: mappings.length })}
    >
      {mappings.map(({ id, property, reason }) => (
        <Text size="sm" key={id}>
          {reasons(reason, { property })}
        </Text>
      ))}
      <Text size="sm">
        <TextLink href={settings}>{t("settings")}</TextLink>
      </Text>
    </Alert>
  );
}
