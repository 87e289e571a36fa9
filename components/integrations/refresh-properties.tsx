"use client";

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { useAction } from "@/components/ui/use-action";
import type { IntegrationActions } from "./section";

type Props = {
  integrationId: string;
  refreshedAt: string | null;
  refresh: IntegrationActions["refreshProperties"];
};

/** Properties made in HubSpot a moment ago appear without connecting again. */
export function RefreshProperties({ integrationId, refreshedAt, refresh }: Props) {
  const t = useTranslations("mapping");
  const { run, pending } = useAction(refresh, {
    onSuccess: ({ properties }) => notifications.show({ message: t("refreshed", { count: properties }) }),
  });
  return (
    <Group gap="xs">
      {refreshedAt ? (
        <Text size="xs" c="dimmed">
          {t.rich("lastRefresh", { ago: () => <TimeAgo value={refreshedAt} /> })}
        </Text>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={15} stroke={1.6} />}
        loading={pending}
        onClick={() => run({ integrationId })}
      >
        {t("refresh")}
      </Button>
    </Group>
  );
}
