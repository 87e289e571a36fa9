import { useTranslations } from "next-intl";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { byCount, CountedCard } from "./counted-card";

/** Why an undo leaves fields of the records that it puts back, with how many of them. */
export function KeptCard({ transfer: { preview } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.kept");
  const sentence = useReasonText();
  const rows = byCount(preview.undo?.kept ?? {}).map(([reason, count]) => ({
    key: reason,
    words: sentence(reason, {}),
    count,
  }));
  return <CountedCard title={t("title")} text={t("text")} rows={rows} />;
}
