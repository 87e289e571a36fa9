import { Alert } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { Trouble } from "./use-deciding";

/** Why the last choice about it did not settle it. */
export function ChoiceTrouble({
  conflict,
  trouble,
}: {
  conflict: ConflictRow;
  trouble: Trouble | undefined;
}) {
  const outcome = useTranslations("conflictOutcome");
  const stopped = useTranslations("conflictStopped");
  const errors = useTranslations("errors");
  const { resolution, stopReason, detail } = conflict;
  const why = () => {
    if (stopReason === "refused" && detail.said) return stopped("refused_saying", { message: detail.said });
    return stopReason ? stopped(stopReason) : "";
  };
  if (resolution && !conflict.stopped) return null;
  const words = conflict.stopped
    ? errors("field_stopped")
    : trouble?.kind === "invalid"
      ? trouble.words
      : trouble?.kind === "moved" || conflict.outcome === "moved"
        ? outcome("moved")
        : conflict.outcome === "stopped"
          ? `${outcome("stopped")} ${why()}`
          : null;
  return words ? (
    <Alert color="orange" variant="light" mt="xs" p="xs">
      {words}
    </Alert>
  ) : null;
}
