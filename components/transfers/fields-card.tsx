import { Card, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useFieldLabel } from "@/components/prospects/field-label";
import { Count } from "@/components/ui/formatted";
import type { TransferRow } from "@/services/transfers/list-transfers";
import classes from "./counted-list.module.css";

/** In how many records each field would change. */
export function FieldsCard({ transfer: { preview } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.fields");
  const side = useTranslations("transfers.side");
  const standard = useFieldLabel();
  const fields = Object.entries(preview.fields).sort(([, a], [, b]) => b - a);
  if (!fields.length) return null;
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t("text")}
      </Text>
      <ul className={classes.list}>
        {fields.map(([key, count]) => {
          const [where = "", ...label] = key.split(":");
          const name = label.join(":");
          return (
            <li key={key} className={classes.item}>
              <span className={classes.words}>
                <Text span fw={500}>
                  {where === "snov" ? standard(name, name) : name}
                </Text>{" "}
                <Text span size="sm" c="dimmed">
                  {where === "snov" ? side("inSnov") : side("inHubspot")}
                </Text>
              </span>
              <span className={classes.count}>
                <Count value={count} />
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
