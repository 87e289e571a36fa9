"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconRefresh } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useAction } from "@/components/ui/use-action";
import type { OverviewActions } from "./overview-header";

type Props = { id: string; ask: OverviewActions["askAgain"]; onChanged: () => void };

/** Asks HubSpot at once whether the account may call again, and says what it answered. */
export function AskHubspotAgain({ id, ask, onChanged }: Props) {
  const t = useTranslations("overview.askAgain");
  const format = useFormatter();
  const action = useAction(ask, { onSuccess: tell });
  function tell({ refusedUntil }: { refusedUntil: string | null }) {
    if (refusedUntil) {
      const time = format.dateTime(new Date(refusedUntil), { dateStyle: "medium", timeStyle: "short" });
      notifications.show({ color: "red", message: t("refused", { time }), autoClose: 10_000 });
    } else notifications.show({ message: t("answered") });
    onChanged();
  }
  return (
    <Button
      mt="sm"
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={16} stroke={1.6} />}
      loading={action.pending}
      onClick={() => action.run({ integrationId: id })}
    >
      {t("ask")}
    </Button>
  );
}
