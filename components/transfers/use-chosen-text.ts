import { useFormatter, useTranslations } from "next-intl";
import type { TransferRow } from "@/services/transfers/list-transfers";

export type NamedList = { id: string; name: string };

/** What a transfer takes and where it goes, a sentence for each direction. */
export function useChosenText(lists: NamedList[]) {
  const t = useTranslations("transfers.chosen");
  const format = useFormatter();
  return ({ undoes, ...transfer }: TransferRow): string[] =>
    undoes
      ? [
          t("undoes", {
            when: format.dateTime(new Date(undoes.startedAt), { dateStyle: "medium", timeStyle: "short" }),
          }),
        ]
      : ofTransfer(transfer);

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
