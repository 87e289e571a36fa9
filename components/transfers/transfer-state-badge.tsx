import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { TransferRow } from "@/services/transfers/list-transfers";

const tones = {
  previewing: "info",
  previewed: "attention",
  running: "info",
  paused: "attention",
  asking: "attention",
  finished: "positive",
  cancelled: "neutral",
  stopped: "critical",
} as const satisfies Record<TransferRow["state"], Tone>;

export function TransferStateBadge({ state }: Pick<TransferRow, "state">) {
  const t = useTranslations("transfers.state");
  return <StatusBadge tone={tones[state]}>{t(state)}</StatusBadge>;
}
