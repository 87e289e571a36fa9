import { Card, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Count } from "@/components/ui/formatted";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { TransferRow } from "@/services/transfers/list-transfers";
import classes from "./counted-list.module.css";

/** Why records are left out, with how many of them. */
export function SkippedCard({ transfer: { preview } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.skipped");
  const reasons = useTranslations("overview.reasons");
  const words = useReasonText();
  const skipped = Object.entries(preview.skip).sort(([, a], [, b]) => b - a);
  if (!skipped.length) return null;
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t("text")}
      </Text>
      <ul className={classes.list}>
        {skipped.map(([reason, count]) => (
          <li key={reason} className={classes.item}>
            <span className={classes.words}>
              {reasons.has(`${reason}.title`) ? (
                <Text span fw={500} display="block">
                  {reasons(`${reason}.title`)}
                </Text>
              ) : null}
              <Text span size="sm" c="dimmed" display="block">
                {words(reason, {})}
              </Text>
            </span>
            <span className={classes.count}>
              <Count value={count} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
