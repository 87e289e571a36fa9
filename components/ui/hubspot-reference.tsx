import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";

/** By what HubSpot's support finds the answer that a record fails by; nothing where there is no such answer. */
export function HubspotReference({ detail }: { detail: Record<string, string> }) {
  const t = useTranslations("common");
  return detail.reference ? (
    <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      {t("hubspotReference", { reference: detail.reference })}
    </Text>
  ) : null;
}
