import { useFormatter, useTranslations } from "next-intl";
import { ChartCard } from "@/components/charts/chart-card";
import { ChartFigure } from "@/components/charts/chart-figure";
import { highestOf, type TimeLabel } from "@/components/charts/figure-parts";
import type { Charts } from "@/services/figures/read-charts";
import type { Overview } from "@/services/integrations/read-overview";

type Props = { spans: Charts["spans"]; times: TimeLabel[] } & Pick<Overview, "figures">;

const statuses = [
  ["inSync", "in_sync", "positive"],
  ["waiting", "waiting", "info"],
  ["failing", "failing", "critical"],
  ["inConflict", "in_conflict", "attention"],
  ["excluded", "excluded", "neutral"],
] as const;

/** Each status on a scale of its own: three failing records are seen beside ten thousand in sync. */
export function StatusesChart({ spans, times, figures: { counts, waiting } }: Props) {
  const t = useTranslations("charts.statuses");
  const names = useTranslations("recordStatus");
  const format = useFormatter();
  const now = { ...counts, waiting };
  const of = (key: (typeof statuses)[number][0], status: (typeof statuses)[number][1]) =>
    spans.map((span, at) => (at === spans.length - 1 ? now[status] : (span.statuses?.[key] ?? null)));
  return (
    <ChartCard title={t("title")} text={t("text")}>
      <ChartFigure
        label={t("title")}
        times={times}
        panels={statuses.map(([key, status, tone]) => {
          const columns = of(key, status).map((count) => (count === null ? null : [count]));
          return {
            label: names(status),
            tones: [tone],
            columns,
            top: Math.max(1, highestOf(columns)),
            topLabel: t("now", { count: now[status] }),
          };
        })}
        measures={statuses.map(([key, status, tone]) => ({
          label: names(status),
          tone,
          values: of(key, status).map((count) => (count === null ? "–" : format.number(count))),
        }))}
      />
    </ChartCard>
  );
}
