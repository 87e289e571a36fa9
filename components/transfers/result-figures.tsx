import { useTranslations } from "next-intl";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { type Figure, Figures } from "./figures";

/** What became of the records whose turn has come. */
export function ResultFigures({ transfer: { done } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.result");
  const figures: Figure[] = [
    figure("created", done.created, "positive"),
    figure("updated", done.updated, "info"),
    figure("unchanged", done.unchanged, "neutral"),
    figure("in_conflict", done.in_conflict, "attention"),
    figure("failing", done.failing, "critical"),
    figure("left_out", (done.excluded ?? 0) + (done.left_out ?? 0), "neutral"),
  ];
  return <Figures title={t("title")} figures={figures} />;

  function figure(key: string, count: number | undefined, tone: Figure["tone"]): Figure {
    return { key, count: count ?? 0, tone, label: t(`${key}.label`), hint: t(`${key}.hint`) };
  }
}
