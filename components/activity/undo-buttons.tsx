"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { StartUndo } from "@/components/transfers/transfer-actions";
import { useAction } from "@/components/ui/use-action";
import { useFieldNames } from "@/components/ui/use-field-names";
import type { Overview } from "@/services/integrations/read-overview";

type Activity = Overview["changes"][number];
type Props = { activity: Activity; integrationId: string; undo: StartUndo };

/** Shows what undoing a change, its record's changes of that day, or all that a rule settled as it did here, would do. */
export function UndoButtons({ activity, integrationId, undo }: Props) {
  const t = useTranslations("activity.undo");
  const named = useFieldNames();
  const router = useRouter();
  const start = useAction(undo, {
    onSuccess: ({ runId }) => router.push(`/settings/integrations/${integrationId}/transfers/${runId}`),
  });
  if (!canBeUndone(activity)) return null;
  const button = { variant: "subtle", size: "compact-sm", title: t("preview"), disabled: start.pending };
  const change = { integrationId, activityId: activity.id };
  return (
    <>
      <Button {...button} onClick={() => start.run(change)}>
        {t("change")}
      </Button>
      <Button {...button} onClick={() => start.run({ ...change, day: dayOf(activity.at) })}>
        {t("day")}
      </Button>
      {activity.changes
        .filter(({ why }) => why === "policy" && activity.kind.endsWith("/edited"))
        .map(({ field, label }) => (
          <Button key={field} {...button} onClick={() => start.run({ ...change, settledField: field })}>
            {t("rule", { field: named([label]) })}
          </Button>
        ))}
    </>
  );
}

function canBeUndone({ kind, side, prospectId, changes, cause }: Activity): boolean {
  if (!side || !prospectId || !changes.length || cause.kind === "undo") return false;
  return kind.endsWith("/edited") || (kind.endsWith("/created") && cause.kind !== "member");
}

/** The day here in which a moment lies. */
function dayOf(moment: string): { from: string; to: string } {
  const first = new Date(moment);
  first.setHours(0, 0, 0, 0);
  const next = new Date(first);
  next.setDate(next.getDate() + 1);
  return { from: first.toISOString(), to: next.toISOString() };
}
