import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/formatted";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";
import { ComparisonReasons } from "./comparison-reasons";
import { ComparisonSentence } from "./comparison-sentence";
import classes from "./comparisons.module.css";

/** One comparison: when, why and by whom, what it found, and the reasons behind what was not equal. */
export function ComparisonEntry({ id, comparison }: { id: string; comparison: EndedComparison }) {
  const t = useTranslations("comparisons");
  const { startedAt, at, by, reasons, interruptions } = comparison;
  const took = Math.round((Date.parse(at) - Date.parse(startedAt)) / 1000);
  return (
    <li className={classes.entry}>
      <Text>
        <ComparisonSentence comparison={comparison} />
      </Text>
      <Text size="sm" c="dimmed">
        <DateTime value={startedAt} />
        {" · "}
        {by ? t("askedBy", { name: by }) : t("daily")}
        {" · "}
        {took < 120 ? t("tookSeconds", { count: took }) : t("tookMinutes", { count: Math.round(took / 60) })}
        {interruptions ? ` · ${t("interrupted", { count: interruptions })}` : null}
      </Text>
      {reasons.length ? (
        <details>
          <summary>{t("reasons")}</summary>
          <ComparisonReasons id={id} reasons={reasons} />
        </details>
      ) : null}
    </li>
  );
}
