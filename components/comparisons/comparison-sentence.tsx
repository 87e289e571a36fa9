import { useTranslations } from "next-intl";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";

/** "12,340 of 12,344 equal, 3 repaired, 1 in conflict", or why it ended early. */
export function ComparisonSentence({ comparison: { counts, stoppedBy } }: { comparison: EndedComparison }) {
  const t = useTranslations("comparisons");
  if (!counts) return t(`stopped_${stoppedBy ?? "failed"}`);
  return counts.compared ? t("result", counts) : t("nothing");
}
