import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";

/** One calm line: what the integration is doing with what waits. */
export function StillnessNote({ overview }: { overview: Overview }) {
  const t = useTranslations("overview.now");
  const { state, figures, existingLinked, fuseStop, arrival } = overview;
  if (state === "broken" || fuseStop) return null;
  return (
    <Text c="dimmed" size="sm" role="status" aria-live="off">
      {sentence()}
    </Text>
  );

  function sentence() {
    if (state === "paused") return t("paused", { count: figures.waiting });
    if (figures.waiting && arrival.pollFault) return t("waitingForHubspot", { count: figures.waiting });
    if (figures.waiting && figures.waitingSince)
      return t.rich("waitingSince", {
        count: figures.waiting,
        ago: () => <TimeAgo value={figures.waitingSince ?? ""} />,
      });
    if (figures.waiting) return t("waitingLater", { count: figures.waiting });
    if (!existingLinked) return t("linking");
    if (figures.medianLatencyMs !== null) return t("quietFast", { seconds: figures.medianLatencyMs / 1000 });
    return t("quiet");
  }
}
