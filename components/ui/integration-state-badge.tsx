import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "./status-badge";

const tones = {
  draft: "neutral",
  active: "positive",
  paused: "attention",
  stopped: "attention",
  broken: "critical",
  disconnected: "neutral",
} as const satisfies Record<string, Tone>;
type ShownState = keyof typeof tones;

/** A fuse pauses an integration, but it takes an answer to go on. */
export function shownState(
  state: Exclude<ShownState, "stopped" | "disconnected">,
  stopped: boolean,
): ShownState {
  return stopped && state === "paused" ? "stopped" : state;
}

/** Whether an integration syncs; usable from server components. */
export function IntegrationStateBadge({ state }: { state: ShownState }) {
  const t = useTranslations("integrations.state");
  return <StatusBadge tone={tones[state]}>{t(state)}</StatusBadge>;
}
