"use client";

import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { useAction } from "@/components/ui/use-action";
import type { Overview } from "@/services/integrations/read-overview";
import type { OverviewActions } from "./overview-header";

type Props = {
  overview: Overview;
  manages: boolean;
  compare: OverviewActions["compare"];
  onChanged: () => void;
};

/** The full comparison: how far it is, what the last one found, and a way to have one now. */
export function ComparisonCard({ overview, manages, compare, onChanged }: Props) {
  const t = useTranslations("overview.comparison");
  const { running } = overview.comparison;
  const action = useAction(compare, { onSuccess: onChanged });
  const possible = overview.state === "active" && overview.existingLinked;
  return (
    <Card component="section" aria-label={t("title")}>
      <Group justify="space-between" gap="xs">
        <Title order={2}>{t("title")}</Title>
        {manages && possible ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArrowsDiff size={16} stroke={1.6} />}
            loading={action.pending}
            disabled={running !== null}
            onClick={() => action.run({ integrationId: overview.id })}
          >
            {t("compare")}
          </Button>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t("text")}
      </Text>
      {running ? (
        <Text mt="sm" role="status">
          {t(running.listed ? "settling" : "running", { count: running.compared })}
        </Text>
      ) : null}
      <LastResult last={overview.comparison.last} />
    </Card>
  );
}

function LastResult({ last }: Pick<Overview["comparison"], "last">) {
  const t = useTranslations("overview.comparison");
  if (!last)
    return (
      <Text mt="sm" size="sm">
        {t("never")}
      </Text>
    );
  const { counts } = last;
  const different = counts ? counts.inConflict + counts.failing + counts.excluded + counts.waiting : 0;
  return (
    <>
      <Text mt="sm">
        {counts ? t("result", { ...counts, different }) : t(`stopped_${last.stoppedBy ?? "failed"}`)}{" "}
        <Text span size="sm" c="dimmed">
          <TimeAgo value={last.at} />
        </Text>
      </Text>
      {counts && different ? (
        <Text size="sm" c="dimmed">
          {t("different", counts)}
        </Text>
      ) : null}
    </>
  );
}
