import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { byCount, CountedCard } from "./counted-card";

/** Why records are left out, with how many of them. */
export function SkippedCard({ transfer: { preview, undoes } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.skipped");
  const reasons = useTranslations("overview.reasons");
  const sentence = useReasonText();
  const rows = byCount(preview.skip).map(([reason, count]) => {
    const words = (
      <>
        {reasons.has(`${reason}.title`) ? (
          <Text span fw={500} display="block">
            {reasons(`${reason}.title`)}
          </Text>
        ) : null}
        <Text span size="sm" c="dimmed" display="block">
          {sentence(reason, {})}
        </Text>
      </>
    );
    return { key: reason, words, count };
  });
  return (
    <CountedCard
      title={t(undoes ? "undoTitle" : "title")}
      text={t(undoes ? "undoText" : "text")}
      rows={rows}
    />
  );
}
