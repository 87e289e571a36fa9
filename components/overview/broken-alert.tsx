import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Overview } from "@/services/integrations/read-overview";

/** Why the connection ended, and the way back. */
export function BrokenAlert({ overview, manages }: { overview: Overview; manages: boolean }) {
  const t = useTranslations("overview.broken");
  return (
    <Alert color="red" icon={<IconPlugConnectedX size={20} />} title={t("title")}>
      <Stack gap="sm" align="flex-start">
        <Text>{t(overview.brokenReason ?? "revoked")}</Text>
        <Text>{t("kept")}</Text>
        {manages ? (
          <Button component="a" href={`/api/hubspot/connect?integration=${overview.id}`}>
            {t("reconnect")}
          </Button>
        ) : (
          <Text>{t("askAdmin")}</Text>
        )}
      </Stack>
    </Alert>
  );
}
