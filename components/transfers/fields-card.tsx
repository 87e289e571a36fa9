import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useFieldLabel } from "@/components/prospects/field-label";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { byCount, CountedCard } from "./counted-card";

/** In how many records each field would change. */
export function FieldsCard({ transfer: { preview, undoes } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.fields");
  const side = useTranslations("transfers.side");
  const standard = useFieldLabel();
  const rows = byCount(preview.fields).map(([key, count]) => {
    const [where = "", ...label] = key.split(":");
    const name = label.join(":");
    const words = (
      <>
        <Text span fw={500}>
          {where === "snov" ? standard(name, name) : name}
        </Text>{" "}
        <Text span size="sm" c="dimmed">
          {where === "snov" ? side("inSnov") : side("inHubspot")}
        </Text>
      </>
    );
    return { key, words, count };
  });
  return (
    <CountedCard
      title={t(undoes ? "undoTitle" : "title")}
      text={t(undoes ? "undoText" : "text")}
      rows={rows}
    />
  );
}
