import { fieldWords } from "@/components/overview/field-words";
import { reasonText } from "@/components/ui/reason-text";
import { type Texts, textsUnder } from "@/components/ui/texts";
import type { CsvWords } from "@/services/transfers/write-csv";
import type { ShownFields } from "./shown-fields";

/** The records of a transfer as its page tells them, for a download. `all`: all texts. */
export function csvWords({
  all,
  fields,
  ended,
}: {
  all: Texts;
  fields: ShownFields;
  ended: boolean;
}): CsvWords {
  const under = (part: string) => textsUnder(all, part);
  const [t, kinds] = [under("transfers.csv"), under("transfers.kind")];
  const [reasons, standard] = [under("recordReason"), under("fields.standard")];
  return {
    heading: (column) => t(column),
    side: (side) => t(side),
    planned: (planned) => kinds(planned),
    outcome: (outcome) => kinds(outcome === "planned" && ended ? "notReached" : outcome),
    reason: (reason, detail) => reasonText({ reasons, standard }, reason, detail),
    ...fieldWords(all, fields),
    yes: t("yes"),
  };
}
