import { useFormatter, useTranslations } from "next-intl";
import { ChartFigure } from "@/components/charts/chart-figure";
import { highestOf, roundTop } from "@/components/charts/figure-parts";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";

/** One alone is told of in words. */
const fewest = 2;

/** What the comparisons did not find equal, the oldest first. */
export function ComparisonsChart({ comparisons }: { comparisons: EndedComparison[] }) {
  const t = useTranslations("comparisons");
  const format = useFormatter();
  const all = [...comparisons].reverse();
  const columns = all.map(({ counts }) => (counts ? [counts.repaired, differing(counts)] : null));
  const top = roundTop(highestOf(columns));
  const words = (of: (counts: NonNullable<EndedComparison["counts"]>) => number) =>
    all.map(({ counts }) => (counts ? format.number(of(counts)) : t("endedEarly")));
  if (all.length < fewest) return null;
  return (
    <ChartFigure
      label={t("chart")}
      caption
      times={all.map(({ id, at }) => ({
        key: id,
        short: format.dateTime(new Date(at), { day: "numeric", month: "short" }),
        long: format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" }),
      }))}
      panels={[{ tones: ["first", "second"], columns, top, topLabel: format.number(top) }]}
      measures={[
        { label: t("repaired"), tone: "first", values: words(({ repaired }) => repaired) },
        { label: t("different"), tone: "second", values: words(differing) },
        { label: t("equal"), values: words(({ equal }) => equal) },
        { label: t("one_way"), values: words(({ oneWay }) => oneWay) },
      ]}
    />
  );
}

function differing({ compared, equal, oneWay, repaired }: NonNullable<EndedComparison["counts"]>): number {
  return compared - equal - oneWay - repaired;
}
