import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type AskedRecords, recordsAddress } from "@/components/records/asked-records";
import { Count } from "@/components/ui/formatted";
import { TextLink } from "@/components/ui/text-link";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";
import classes from "./comparisons.module.css";

type Props = { id: string; reasons: EndedComparison["reasons"] };

/** Why records were not equal, each reason with its count; leads to the records that stand so now. */
export function ComparisonReasons({ id, reasons }: Props) {
  const t = useTranslations("comparisons");
  const words = useTranslations("overview.reasons");
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
            {reason && words.has(`${reason}.title`) ? (
              <Text span size="sm" c="dimmed">
                {" · "}
                {words(`${reason}.title`)}
              </Text>
            ) : null}
          </span>
          <Count value={count} />
        </li>
      ))}
    </ul>
  );
}

function recordsOf(outcome: Props["reasons"][number]["outcome"], reason: string | null): AskedRecords {
  if (outcome === "one_way") return { status: "in_sync", reason: "one_way" };
  return { status: outcome, ...(reason ? { reason } : {}) };
}
