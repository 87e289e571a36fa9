"use client";

import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import type { MissingSetting } from "./missing-settings";

type Props = { missing: MissingSetting[]; settings: IntegrationSettings };

/** Names what keeps the integration from launching, each with the step where it is put right. */
export function MissingAlert({ missing, settings }: Props) {
  const t = useTranslations("review");
  if (!missing.length) return null;
  const setup = `/settings/integrations/${settings.id}/setup`;
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={20} stroke={1.6} />} title={t("missingTitle")}>
      <Stack gap={6}>
        {missing.map(({ reason, step, field = "" }) => (
          <Text key={`${reason}${field}`} size="sm">
            {t(`missing.${reason}`, { field })}{" "}
            {step ? (
              <TextLink href={`${setup}/${step}`} inherit>
                {t(`goTo.${step}`)}
              </TextLink>
            ) : null}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
