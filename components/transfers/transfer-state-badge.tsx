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
  waiting: "attention",
} as const satisfies Record<TransferRow["state"] | "waiting", Tone>;

export function TransferStateBadge({ transfer }: { transfer: Pick<TransferRow, "state" | "waiting"> }) {
  const t = useTranslations("transfers.state");
  const state = transfer.waiting ? "waiting" : transfer.state;
  return <StatusBadge tone={tones[state]}>{t(state)}</StatusBadge>;
}
