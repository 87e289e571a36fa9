import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type AskedRecords, recordsAddress } from "@/components/records/asked-records";
import { Count } from "@/components/ui/formatted";
import { TextLink } from "@/components/ui/text-link";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";
import classes from "./comparisons.module.css";

type Props = { id: string; reasons: EndedComparison["reasons"] };
type Reason = Props["reasons"][number];

/** Why records were not equal, each reason with its count; leads to the records that stand so now. */
export function ComparisonReasons({ id, reasons }: Props) {
  const t = useTranslations("comparisons");
  const titleOf = useTitle();
  return (
    <ul className={classes.reasons}>
      {reasons.map(({ outcome, reason, count }) => (
        <li key={`${outcome} ${reason}`} className={classes.reason}>
          <span>
            {outcome === "repaired" ? (
              t("repaired")
            ) : (
              <TextLink href={recordsAddress(id, recordsOf(outcome, reason))}>{t(outcome)}</TextLink>
            )}
            {titleOf({ outcome, reason }) ? (
              <Text span size="sm" c="dimmed">
                {" · "}
                {titleOf({ outcome, reason })}
              </Text>
            ) : null}
          </span>
          <Count value={count} />
        </li>
      ))}
    </ul>
  );
}

/** A record in conflict has no reason of its own where its fields are what people disagree about. */
function useTitle(): (one: Pick<Reason, "outcome" | "reason">) => string | null {
  const words = useTranslations("overview.reasons");
  const kinds = useTranslations("overview.conflicts.kind");
  return ({ outcome, reason }) => {
    const kind = reason ?? "value";
    if (outcome === "in_conflict" && kinds.has(kind)) return kinds(kind);
    return reason && words.has(`${reason}.title`) ? words(`${reason}.title`) : null;
  };
}

function recordsOf(outcome: Reason["outcome"], reason: string | null): AskedRecords {
  if (outcome === "one_way") return { status: "in_sync", reason: "one_way" };
  return { status: outcome, ...(reason ? { reason } : {}) };
}
