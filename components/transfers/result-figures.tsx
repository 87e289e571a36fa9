import { useTranslations } from "next-intl";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { type Figure, Figures } from "./figures";
import { outcomeCounts } from "./item-filters";

type Outcome = keyof TransferRow["done"];

/** What became of the records, in the numbers that the list of them has. */
export function ResultFigures({ transfer }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.result");
  const counts = outcomeCounts(transfer);
  const figures: Figure[] = transfer.undoes
    ? [
        figure("put_back", "info"),
        figure("taken_back", "attention"),
        figure("failing", "critical"),
        figure("excluded", "neutral", "stays"),
      ]
    : [
        figure("created", "positive"),
        figure("updated", "info"),
        figure("unchanged", "neutral"),
        figure("in_conflict", "attention"),
        figure("failing", "critical"),
        figure("excluded", "neutral"),
        ...(counts.left_out ? [figure("left_out", "neutral")] : []),
      ];
  return <Figures title={t("title")} figures={figures} />;

  function figure(outcome: Outcome, tone: Figure["tone"], key: string = outcome): Figure {
    return {
      key,
      count: counts[outcome] ?? 0,
      tone,
      label: t(`${key}.label`),
      hint: t(`${key}.hint`),
    };
  }
}
