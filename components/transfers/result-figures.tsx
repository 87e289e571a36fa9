import { useTranslations } from "next-intl";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { type Figure, Figures } from "./figures";
import { skippedOf } from "./transfer-phase";

/** What became of the records whose turn has come. */
export function ResultFigures({ transfer: { done, undoes, preview } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.result");
  const figures: Figure[] = undoes
    ? [
        figure("put_back", done.put_back, "info"),
        figure("taken_back", done.taken_back, "attention"),
        figure("failing", done.failing, "critical"),
        figure("stays", (done.excluded ?? 0) + skippedOf({ preview }), "neutral"),
      ]
    : [
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
