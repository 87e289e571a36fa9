import { Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";

type Props = Pick<Overview, "arrival" | "comparison" | "state">;

/** How HubSpot's changes are learnt of, how late, and when all was last compared. */
export function ArrivalNote({ arrival, comparison, state }: Props) {
  const t = useTranslations("overview.arrival");
  const { source, searchedAt, untold, isPushSilent } = arrival;
  const { last } = comparison;
  if (state === "broken") return null;
  return (
    <Text c="dimmed" size="sm">
      <Way arrival={arrival} />{" "}
      {untold && !isPushSilent ? t.rich("untold", { count: untold.count, ...ago(untold.at) }) : null}{" "}
      {source === "poll" || !searchedAt ? null : t.rich(isPushSilent ? "poll" : "searched", ago(searchedAt))}{" "}
      {last ? t.rich(last.counts ? "compared" : "comparedEarly", ago(last.at)) : t("neverCompared")}
    </Text>
  );
}

function Way({ arrival }: Pick<Props, "arrival">) {
  const { source, latest, searchedAt, journalReadAt, isPushSilent } = arrival;
  const t = useTranslations("overview.arrival");
  const late = useDuration();
  // An alert says since when, and what to do.
  if (isPushSilent) return t("pushSilent");
  if (source === "poll") return searchedAt ? t.rich("poll", ago(searchedAt)) : t("pollFirst");
  return (
    <>
      {source === "journal" && journalReadAt ? t.rich("journalRead", ago(journalReadAt)) : t(source)}{" "}
      {latest
        ? t.rich(latest.lateMs < 500 ? "latestAtOnce" : "latest", {
            ...ago(latest.at),
            late: late(latest.lateMs),
          })
        : t("noneYet")}
    </>
  );
}

function ago(at: string) {
  return { ago: () => <TimeAgo value={at} /> };
}

function useDuration() {
  const format = useFormatter();
  return (ms: number) => {
    const [unit, unitMs] = units.find(([, length]) => ms >= 2 * length) ?? (["second", 1000] as const);
    return format.number(Math.round(ms / unitMs), { style: "unit", unit, unitDisplay: "long" });
  };
}

const units = [
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
