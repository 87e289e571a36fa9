import { useTranslations } from "next-intl";
import { ChartCard } from "@/components/charts/chart-card";
import { ChartEmpty, ChartFigure } from "@/components/charts/chart-figure";
import type { TimeLabel } from "@/components/charts/figure-parts";
import { useDuration } from "@/components/charts/use-duration";
import type { Charts } from "@/services/figures/read-charts";

type Props = Charts & { times: TimeLabel[] };

/** The column ends where 95 of 100 changes had arrived, its first part where half of them had. */
export function LatencyChart({ spans, latency, times }: Props) {
  const t = useTranslations("charts.latency");
  const duration = useDuration();
  if (!latency)
    return (
      <ChartCard title={t("title")} text={t("text")}>
        <ChartEmpty>{t("empty")}</ChartEmpty>
      </ChartCard>
    );
  const top = Math.max(...spans.map((span) => span.latency?.most ?? 0));
  const words = (of: "half" | "most") =>
    spans.map((span) => (span.latency ? duration(span.latency[of]) : "–"));
  const columns = spans.map((span) =>
    span.latency ? [span.latency.half, span.latency.most - span.latency.half] : null,
  );
  return (
    <ChartCard
      title={t("title")}
      headline={t("headline", { half: duration(latency.half), most: duration(latency.most) })}
      text={t("text")}
    >
      <ChartFigure
        label={t("title")}
        times={times}
        panels={[{ tones: ["first", "second"], columns, top, topLabel: duration(top) }]}
        measures={[
          { label: t("half"), tone: "first", values: words("half") },
          { label: t("most"), tone: "second", values: words("most") },
        ]}
      />
    </ChartCard>
  );
}
