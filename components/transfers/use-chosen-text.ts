import { useFormatter, useTranslations } from "next-intl";
import { useFieldNames } from "@/components/ui/use-field-names";
import type { TransferRow } from "@/services/transfers/list-transfers";

export type NamedList = { id: string; name: string };

/** What a transfer takes and where it goes, a sentence for each direction. */
export function useChosenText(lists: NamedList[]) {
  const t = useTranslations("transfers.chosen");
  const format = useFormatter();
  const named = useFieldNames();
  return ({ undoes, ...transfer }: TransferRow): string[] =>
    undoes ? [undoneText(undoes)] : ofTransfer(transfer);

  function undoneText(undoes: NonNullable<TransferRow["undoes"]>): string {
    if (undoes.kind === "day")
      return t("undoesDay", {
        name: undoes.recordName ?? "",
        day: format.dateTime(new Date(undoes.at), { dateStyle: "medium" }),
      });
    if (undoes.kind === "rule")
      return t("undoesRule", {
        field: named([undoes.label]),
        when: format.dateTime(new Date(undoes.at), { dateStyle: "medium", timeStyle: "short" }),
      });
    const at = new Date(undoes.kind === "transfer" ? undoes.startedAt : undoes.at);
    const when = format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
    return undoes.kind === "transfer"
      ? t("undoes", { when })
      : t("undoesChange", { name: undoes.recordName ?? "", when });
  }

  function ofTransfer({ fromSnov, fromHubspot, prospects, contacts }: Omit<TransferRow, "undoes">): string[] {
    return [
      ...(fromSnov ? [prospects.kind === "all" ? t("prospectsAll") : ofLists(prospects.ids)] : []),
      ...(fromHubspot
        ? [contacts.kind === "all" ? t("contactsAll") : t("contactsLists", { count: contacts.ids.length })]
        : []),
    ];
  }

  function ofLists(ids: string[]): string {
    const names = ids.map((id) => lists.find((list) => list.id === id)?.name ?? t("deletedList"));
    return t("prospectsLists", { lists: format.list(names) });
  }
}
