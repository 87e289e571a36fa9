import { useFormatter, useTranslations } from "next-intl";
import { ChartCard } from "@/components/charts/chart-card";
import { ChartEmpty, ChartFigure } from "@/components/charts/chart-figure";
import type { TimeLabel } from "@/components/charts/figure-parts";
import type { Charts } from "@/services/figures/read-charts";

type Props = { spans: Charts["spans"]; times: TimeLabel[] };
const kinds = ["general", "search"] as const;
type Use = Charts["spans"][number]["general"];

/** How near the account came to its limit: the busiest moment of each span. */
export function CallsChart({ spans, times }: Props) {
  const t = useTranslations("charts.calls");
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: "percent" });
  const calls = spans.reduce(
    (sum, span) => sum + kinds.reduce((all, kind) => all + (span[kind]?.calls ?? 0), 0),
    0,
  );
  if (!calls)
    return (
      <ChartCard title={t("title")} text={t("text")}>
        <ChartEmpty>{t("empty")}</ChartEmpty>
      </ChartCard>
    );
  const busiest = Math.max(...spans.flatMap((span) => kinds.map((kind) => peakShare(span[kind]))));
  return (
    <ChartCard
      title={t("title")}
      headline={t("headline", { busiest: percent(busiest), count: calls })}
      text={t("text")}
    >
      <ChartFigure
        label={t("title")}
        times={times}
        panels={kinds.map((kind) => ({
          label: t(kind),
          tones: [kind === "general" ? ("first" as const) : ("second" as const)],
          columns: spans.map((span) => [peakShare(span[kind])]),
          top: 1,
          topLabel: percent(1),
        }))}
        measures={kinds.flatMap((kind) => [
          {
            label: t(`${kind}Peak`),
            tone: kind === "general" ? ("first" as const) : ("second" as const),
            values: spans.map((span) => percent(peakShare(span[kind]))),
          },
          { label: t(`${kind}Calls`), values: spans.map((span) => format.number(span[kind]?.calls ?? 0)) },
        ])}
      />
    </ChartCard>
  );
}

function peakShare(use: Use): number {
  return use ? Math.min(1, use.peak / use.allowed) : 0;
}
