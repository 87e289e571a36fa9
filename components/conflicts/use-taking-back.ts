import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import type { ConflictActions } from "./conflict-actions";

const putBackWithinMs = 60_000;

/** Takes back an act, or its choice about one conflict, and says what came of it. */
export function useTakingBack(integrationId: string, action: ConflictActions["undo"], onTaken: () => void) {
  const t = useTranslations("conflicts.notice");
  const [putBackUntil, setPutBackUntil] = useState(0);
  const undoing = useAction(action, { onSuccess: onTaken });
  async function takeBack(resolutionId: string, conflictId?: string) {
    const result = await undoing.run({ integrationId, resolutionId, conflictId });
    if (!result.ok) return;
    const { takenBack, puttingBack, kept, stopped, ruled } = result.data;
    if (puttingBack) setPutBackUntil(Date.now() + putBackWithinMs);
    showInstead(
      [
        takenBack ? t("undone", { count: takenBack }) : null,
        puttingBack ? t("puttingBack", { count: puttingBack }) : null,
        kept ? t("notUndone", { count: kept }) : null,
        stopped ? t("stopped", { count: stopped }) : null,
        ruled ? t("ruled", { count: ruled }) : null,
        takenBack || puttingBack || kept || stopped || ruled ? null : t("nothingToUndo"),
      ]
        .filter(Boolean)
        .join(" "),
      8_000,
    );
  }
  return {
    takeBack,
    pending: undoing.pending,
    /** What was taken back is being written again, as far as anybody should wait for it. */
    isPuttingBack: () => Date.now() < putBackUntil,
  };
}

let shown = "";

/** In place of the one before. Under an id of its own: time that has run on the other does not count. */
export function showInstead(message: ReactNode, autoClose: number) {
  notifications.hide(shown);
  shown = notifications.show({ message, autoClose });
}
