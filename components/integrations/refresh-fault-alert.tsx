import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Overview } from "@/services/integrations/read-overview";

/** HubSpot does not let our app in, and the account is not to blame; nothing while it does. */
export function RefreshFaultAlert({ fault }: { fault: Overview["refreshFault"] }) {
  const t = useTranslations("overview.refreshFault");
  if (!fault) return null;
  return (
    <Alert
      role="alert"
      color="orange"
      icon={<IconAlertTriangle size={20} />}
      title={t("title", { kind: fault.kind })}
    >
      <Text size="sm">{t(fault.kind, { code: fault.code || "?" })}</Text>
    </Alert>
  );
}
