import { Paper, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import { recordsAddress } from "@/components/records/asked-records";
import { CountedFigure } from "@/components/ui/counted-figure";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import type { ShownRecordStatus } from "@/lib/shown-statuses";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./status-counts.module.css";

type Props = Pick<Overview, "id" | "figures" | "state" | "fuseStop" | "arrival">;

/** How many records stand how; each number leads to those records. */
export function StatusCounts({ id, figures, state, fuseStop, arrival }: Props) {
  const t = useTranslations("overview.counts");
  const shown: { status: ShownRecordStatus; count: number; hint: string }[] = [
    { status: "in_sync", count: figures.counts.in_sync, hint: t("in_sync") },
    {
      status: "waiting",
      count: figures.waiting,
      hint: t(waitingHint({ figures, state, fuseStop, arrival })),
    },
    { status: "failing", count: figures.counts.failing, hint: t("failing") },
    { status: "in_conflict", count: figures.counts.in_conflict, hint: t("in_conflict") },
    { status: "excluded", count: figures.counts.excluded, hint: t("excluded") },
  ];
  return (
    <Paper withBorder component="section" aria-labelledby="overview-counts">
      <VisuallyHidden>
        <h2 id="overview-counts">{t("title")}</h2>
      </VisuallyHidden>
      <dl className={classes.counts}>
        {shown.map(({ status, count, hint }) => (
          <div key={status} className={classes.count} data-status={status}>
            <CountedFigure
              badge={<RecordStatusBadge status={status} muted={count === 0} />}
              count={count}
              hint={hint}
              href={recordsAddress(id, { status })}
            />
          </div>
        ))}
      </dl>
    </Paper>
  );
}

function waitingHint({ figures: { inHand }, state, fuseStop, arrival }: Omit<Props, "id">) {
  if (state === "broken") return "waitingBroken";
  if (fuseStop) return "waitingStopped";
  if (state === "paused") return "waitingPaused";
  if (arrival.pollFault) return "waitingForHubspot";
  return inHand ? "waitingInHand" : "waiting";
}
