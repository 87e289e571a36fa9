import { useTranslations } from "next-intl";
import type { ShownRecordStatus } from "@/lib/shown-statuses";
import { Count } from "./formatted";
import { StatusBadge, type Tone } from "./status-badge";

const tones = {
  in_sync: "positive",
  waiting: "info",
  failing: "critical",
  in_conflict: "attention",
  excluded: "neutral",
} as const satisfies Record<ShownRecordStatus, Tone>;

type Props = {
  status: ShownRecordStatus;
  /** Says how many instead of the word, where the heading beside it says the word. */
  count?: number;
  /** Without colour, where there is nothing to see. */
  muted?: boolean;
};

/** What became of a record, in the same colour and word on every page. */
export function RecordStatusBadge({ status, count, muted }: Props) {
  const t = useTranslations("recordStatus");
  return (
    <StatusBadge tone={muted ? "neutral" : tones[status]}>
      {count === undefined ? t(status) : <Count value={count} />}
    </StatusBadge>
  );
}
