"use client";

import { Button, Card, Group, Progress, Text, Title } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ComparisonReasons } from "@/components/comparisons/comparison-reasons";
import { ComparisonSentence } from "@/components/comparisons/comparison-sentence";
import { TimeAgo } from "@/components/ui/formatted";
import { useAction } from "@/components/ui/use-action";
import { hasStoodStill } from "@/lib/stood-still";
import type { Overview } from "@/services/integrations/read-overview";
import { ComparisonHistory } from "./comparison-history";
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
  const { running, last } = overview.comparison;
  const action = useAction(compare, { onSuccess: onChanged, onFailure: shownAnew });
  function shownAnew() {
    onChanged();
    return undefined;
  }
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
      <Text size="sm" c="dimmed" mt="xs">
        {t("text")}
      </Text>
      {running ? <Running running={running} expected={last?.counts?.compared ?? 0} /> : null}
      <LastResult id={overview.id} last={last} />
    </Card>
  );
}

type RunningProps = { running: NonNullable<Overview["comparison"]["running"]>; expected: number };

/** `expected`: how many records the last comparison came to. */
function Running({ running: { compared, listed, savedAt }, expected }: RunningProps) {
  const t = useTranslations("overview.comparison");
  const standsStill = !listed && hasStoodStill(new Date(savedAt), new Date());
  return (
    <>
      <Text mt="sm" role="status">
        {t(listed ? "settling" : expected ? "runningOf" : "running", { count: compared, expected })}
      </Text>
      {expected && !listed ? (
        <Progress
          mt={6}
          size="sm"
          value={Math.min(99, (100 * compared) / expected)}
          aria-label={t("progress")}
        />
      ) : null}
      {standsStill ? (
        <Text size="sm" c="dimmed" mt={6}>
          {t.rich("standsStill", { ago: () => <TimeAgo value={savedAt} /> })}
        </Text>
      ) : null}
    </>
  );
}

function LastResult({ id, last }: Pick<Overview["comparison"], "last"> & { id: string }) {
  const t = useTranslations("overview.comparison");
  if (!last)
    return (
      <Text mt="sm" size="sm">
        {t("never")}
      </Text>
    );
  return (
    <>
      <Text mt="sm">
        <ComparisonSentence comparison={last} />{" "}
        <Text span size="sm" c="dimmed">
          {t.rich(last.counts ? "verified" : "ended", { ago: () => <TimeAgo value={last.at} /> })}
        </Text>
      </Text>
      {last.reasons.length ? <ComparisonReasons id={id} reasons={last.reasons.slice(0, 5)} /> : null}
      <ComparisonHistory id={id} latest={last.id} />
    </>
  );
}
