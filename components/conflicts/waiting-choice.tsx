import { Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";
import { isTheirsToTakeBack } from "./may-take-back";

export type Held = ConflictsView["held"];
type Props = {
  conflict: ConflictRow;
  context: ConflictContext;
  about: string;
  pending: boolean;
  held: Held;
  onTakeBack: () => void;
};

/** A choice that is still to be carried out: now, or once syncing goes on. Until then it can be taken back here. */
export function WaitingChoice({ conflict, context, about, pending, held, onTakeBack }: Props) {
  const t = useTranslations("conflicts");
  const { resolution, resolvedBy, takingBackBy, stopped } = conflict;
  const waits = held !== null || stopped;
  const words = resolution?.undo ? "takingBack" : waits ? "appliedLater" : "applying";
  return (
    <Group gap="xs">
      <StatusBadge tone={waits ? "attention" : "info"}>
        {t(words, { name: takingBackBy ?? resolvedBy ?? t("notice.somebody") })}
      </StatusBadge>
      {waits && !resolution?.undo && isTheirsToTakeBack(conflict, context) ? (
        <Button
          variant="default"
          size="compact-xs"
          disabled={pending}
          aria-label={t("choose.named", { choice: t("takeBack"), about })}
          onClick={onTakeBack}
        >
          {t("takeBack")}
        </Button>
      ) : null}
    </Group>
  );
}
