import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "./status-badge";

export const recordStatusTones = {
  in_sync: "positive",
  waiting: "info",
  failing: "critical",
  in_conflict: "attention",
  excluded: "neutral",
} as const satisfies Record<string, Tone>;
export type ShownRecordStatus = keyof typeof recordStatusTones;

/** What became of a record, in the same colour and word on every page. */
export function RecordStatusBadge({ status }: { status: ShownRecordStatus }) {
  const t = useTranslations("recordStatus");
  return <StatusBadge tone={recordStatusTones[status]}>{t(status)}</StatusBadge>;
}
