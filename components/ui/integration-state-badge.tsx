import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "./status-badge";

const tones = {
  draft: "neutral",
  active: "positive",
  paused: "attention",
  broken: "critical",
  disconnected: "neutral",
} as const satisfies Record<string, Tone>;

/** Whether an integration syncs; usable from server components. */
export function IntegrationStateBadge({ state }: { state: keyof typeof tones }) {
  const t = useTranslations("integrations.state");
  return <StatusBadge tone={tones[state]}>{t(state)}</StatusBadge>;
}
