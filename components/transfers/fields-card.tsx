import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useShownLabel } from "@/components/overview/shown-value";
import type { TransferRow } from "@/services/transfers/list-transfers";
import type { Side } from "@/sync/side";
import { byCount, CountedCard } from "./counted-card";
import type { ShownFields } from "./shown-fields";

type Props = { transfer: TransferRow; fields: ShownFields };

/** In how many records each field would change. */
export function FieldsCard({ transfer: { preview, undoes }, fields }: Props) {
  const t = useTranslations("transfers.fields");
  const side = useTranslations("transfers.side");
  const label = useShownLabel(fields);
  const rows = byCount(preview.fields).map(([key, count]) => {
    const [where, field] = fieldOf(key);
    const words = (
      <>
        <Text span fw={500}>
          {label(where, field)}
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

/** `custom:…` has a colon of its own. */
function fieldOf(key: string): [Side, string] {
  const [where, ...field] = key.split(":");
  return [where === "snov" ? "snov" : "hubspot", field.join(":")];
}
