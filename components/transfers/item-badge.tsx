import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { TransferItem } from "@/services/transfers/read-items";

const tones: Record<string, Tone> = {
  create: "positive",
  update: "info",
  conflict: "attention",
  created: "positive",
  updated: "info",
  in_conflict: "attention",
  failing: "critical",
  asked: "attention",
  put_back: "info",
  take_back: "attention",
  taken_back: "attention",
};

/** What would become, or became, of one record. */
export function ItemBadge({ item, ended }: { item: TransferItem; ended: boolean }) {
  const t = useTranslations("transfers.kind");
  const kind = item.outcome !== "planned" ? item.outcome : ended ? "notReached" : item.planned;
  return <StatusBadge tone={tones[kind] ?? "neutral"}>{t(kind)}</StatusBadge>;
}
