import { useTranslations } from "next-intl";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { type Figure, Figures } from "./figures";
import { skippedOf } from "./transfer-phase";

/** What would become of the records, as far as they have been looked at. */
export function PreviewFigures({ transfer }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.preview");
  const { create, update, conflict, equal, toLink = 0, undo } = transfer.preview;
  const figures: Figure[] = undo
    ? [
        figure("putBack", undo.records, "info", undo.fields),
        figure("takeBackHubspot", undo.takeBack.hubspot, "attention"),
        figure("takeBackSnov", undo.takeBack.snov, "attention"),
        figure("stays", skippedOf(transfer), "neutral"),
      ]
    : [
        ...(transfer.fromSnov ? [figure("createHubspot", create.hubspot, "positive")] : []),
        ...(transfer.fromHubspot ? [figure("createSnov", create.snov, "positive")] : []),
        figure("update", update, "info"),
        figure("conflict", conflict, "attention"),
        figure("equal", equal, "neutral", toLink),
        figure("skip", skippedOf(transfer), "neutral"),
      ];
  return <Figures title={t("title")} figures={figures} />;

  function figure(key: string, count: number, tone: Figure["tone"], of = count): Figure {
    return { key, count, tone, label: t(`${key}.label`), hint: t(`${key}.hint`, { count: of }) };
  }
}
