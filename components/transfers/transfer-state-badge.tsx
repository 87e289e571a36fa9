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

type Props = { transfer: Pick<TransferRow, "state" | "waiting" | "standsStill"> };

/** "Waits" for one that does not move, be it for HubSpot or for its integration. */
export function TransferStateBadge({ transfer }: Props) {
  const t = useTranslations("transfers.state");
  const state = transfer.waiting || transfer.standsStill ? "waiting" : transfer.state;
  return <StatusBadge tone={tones[state]}>{t(state)}</StatusBadge>;
}
