import { Card, Group, Progress, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Transfer } from "@/services/transfers/read-transfer";
import { perMinute, type TimeLeft, timeLeft } from "./time-left";

type Props = {
  transfer: Transfer;
  waits: boolean;
  /** Of the account, once it is known. */
  limit: Parameters<typeof timeLeft>[0]["limit"];
};

/** How far a transfer is, how fast it goes and how long it will still take; that is nobody's to say while it waits. */
export function ProgressCard({ transfer, waits, limit }: Props) {
  const t = useTranslations("transfers.progress");
  const words = useTimeLeftText();
  const { reached, total, lastMinute, runningMs, preview, state } = transfer;
  const moves = state === "running" && !waits;
  const percent = total ? Math.floor((100 * reached) / total) : 100;
  return (
    <Card component="section" aria-label={t("title")}>
      <Group justify="space-between" align="baseline">
        <Title order={2}>{t("done", { done: reached, total })}</Title>
        <Text c="dimmed" data-numeric>
          {t("percent", { percent })}
        </Text>
      </Group>
      <Progress
        value={percent}
        size="lg"
        mt="sm"
        animated={moves}
        color={moves ? undefined : "gray"}
        aria-label={t("title")}
      />
      {moves ? (
        <Text mt="sm" role="status" aria-live="off">
          {words(timeLeft({ left: total - reached, lastMinute, runningMs, preview, limit }))}
          {lastMinute ? ` · ${t("rate", { count: Math.round(perMinute({ lastMinute, runningMs })) })}` : ""}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed" mt={4}>
        {t(state === "running" ? "leave" : state === "paused" ? "paused" : "asking")}
      </Text>
    </Card>
  );
}

function useTimeLeftText() {
  const t = useTranslations("transfers.timeLeft");
  return (left: TimeLeft) => t(left.unit, { count: "count" in left ? left.count : 0 });
}
