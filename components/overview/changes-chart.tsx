import { useFormatter, useTranslations } from "next-intl";
import { ChartCard } from "@/components/charts/chart-card";
import { ChartEmpty, ChartFigure } from "@/components/charts/chart-figure";
import { highestOf, roundTop, type TimeLabel } from "@/components/charts/figure-parts";
import type { Charts } from "@/services/figures/read-charts";

type Props = { spans: Charts["spans"]; times: TimeLabel[] };

export function ChangesChart({ spans, times }: Props) {
  const t = useTranslations("charts.changes");
  const format = useFormatter();
  const columns = spans.map(({ toHubspot, toSnov }) => [toHubspot, toSnov]);
  const top = roundTop(highestOf(columns));
  const total = (of: "toHubspot" | "toSnov" | "transferred") =>
    spans.reduce((sum, span) => sum + span[of], 0);
  const words = (of: "toHubspot" | "toSnov" | "transferred") => spans.map((span) => format.number(span[of]));
  const counts = { toHubspot: total("toHubspot"), toSnov: total("toSnov") };
  const some = counts.toHubspot + counts.toSnov > 0;
  const transferred = total("transferred") ? [{ label: t("transferred"), values: words("transferred") }] : [];
  return (
    <ChartCard title={t("title")} headline={some ? t("headline", counts) : undefined} text={t("text")}>
      {some ? (
        <ChartFigure
          label={t("title")}
          times={times}
          panels={[{ tones: ["first", "second"], columns, top, topLabel: format.number(top) }]}
          measures={[
            { label: t("toHubspot"), tone: "first", values: words("toHubspot") },
            { label: t("toSnov"), tone: "second", values: words("toSnov") },
            ...transferred,
          ]}
        />
      ) : (
        <ChartEmpty>{t("empty")}</ChartEmpty>
      )}
    </ChartCard>
  );
}
