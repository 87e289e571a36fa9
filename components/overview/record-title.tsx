import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

type Props = { name: string | null; prospectId: string | null; contactId: string | null };

/** A record by its name, leading to its prospect where there is one. */
export function RecordTitle({ name, prospectId, contactId }: Props) {
  const t = useTranslations("overview");
  const words = name || (contactId ? t("contact", { id: contactId }) : t("nameless"));
  if (!prospectId)
    return (
      <Text span fw={500} style={{ overflowWrap: "anywhere" }}>
        {words}
      </Text>
    );
  return (
    <TextLink
      href={`/prospects/${prospectId}`}
      fw={500}
      c="inherit"
      underline="hover"
      style={{ overflowWrap: "anywhere" }}
    >
      {words}
    </TextLink>
  );
}
