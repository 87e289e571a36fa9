import { useTranslations } from "next-intl";
import type { ConflictRow } from "@/services/conflicts/read-page";

/** How a conflict has ended; where its choice could not be taken back, with the reason. */
export function useEndingWords() {
  const outcome = useTranslations("conflictOutcome");
  const stays = useTranslations("conflictStays");
  return ({ stopReason, detail }: ConflictRow, ending: NonNullable<ConflictRow["outcome"]>) => {
    if (ending !== "kept" || !stopReason) return outcome(ending);
    const isQuoted = stopReason === "refused" && detail.said;
    const why = isQuoted ? stays("refused_saying", { message: detail.said ?? "" }) : stays(stopReason);
    return `${outcome(ending)} ${why}`;
  };
}
