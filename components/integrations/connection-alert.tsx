import { Alert, Box, Button, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { RefreshFaultAlert } from "./refresh-fault-alert";
import type { SectionProps } from "./section";

/** Why the account cannot be reached, and the way back; nothing while it can. */
export function ConnectionAlert({ settings }: Pick<SectionProps, "settings">) {
  const t = useTranslations("overview.broken");
  const { brokenReason, refreshFault } = settings.account;
  if (!brokenReason)
    return refreshFault ? (
      <Box mb="lg">
        <RefreshFaultAlert fault={refreshFault} />
      </Box>
    ) : null;
  return (
    <Alert color="red" icon={<IconPlugConnectedX size={20} />} title={t("title")} mb="lg">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t(brokenReason)}</Text>
        <Button component="a" variant="default" href={`/api/hubspot/connect?integration=${settings.id}`}>
          {t("reconnect")}
        </Button>
      </Stack>
    </Alert>
  );
}
