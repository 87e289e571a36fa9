"use client";

import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import type { Overview } from "@/services/integrations/read-overview";
import { ReasonGroup } from "./reason-group";
import classes from "./reasons-card.module.css";
import type { TryAgain } from "./use-try-again";

type Reason = Overview["reasons"][number];
type Props = {
  id: string;
  status: Reason["status"];
  reasons: Reason[];
  /** Where records may be tried again. */
  tryAgain?: TryAgain | undefined;
};

/** Why records are failing or excluded, and what to do about each reason. */
export function ReasonsCard({ id, status, reasons, tryAgain }: Props) {
  const t = useTranslations("overview.reasons");
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card component="section" aria-label={t(`${status}Title`)}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Title order={2}>{t(`${status}Title`)}</Title>
          <RecordStatusBadge status={status} count={total} />
        </Group>
        {tryAgain ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRotateClockwise size={16} stroke={1.6} />}
            loading={tryAgain.isTrying()}
            onClick={tryAgain.all}
          >
            {t("tryAll")}
          </Button>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t(`${status}Text`)}
      </Text>
      <ul className={classes.reasons}>
        {reasons.map(({ reason, count }) => (
          <ReasonGroup key={reason} id={id} status={status} reason={reason} count={count} />
        ))}
      </ul>
    </Card>
  );
}
