import { useTranslations } from "next-intl";
import { useFieldNames } from "@/components/ui/use-field-names";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";

/** "12,340 of 12,344 equal, 3 repaired, 1 in conflict" and which fields nobody compared, or why it ended early. */
export function ComparisonSentence({ comparison }: { comparison: EndedComparison }) {
  const t = useTranslations("comparisons");
  const named = useFieldNames();
  const { counts, stoppedBy, notCompared } = comparison;
  if (!counts) return t(`stopped_${stoppedBy ?? "failed"}`);
  if (!counts.compared) return t("nothing");
  if (!notCompared.length) return t("result", counts);
  return `${t("result", counts)} ${t("notCompared", { count: notCompared.length, fields: named(notCompared) })}`;
}
