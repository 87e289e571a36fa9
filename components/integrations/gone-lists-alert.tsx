import { Alert, Text } from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

type Props = {
  /** HubSpot's ids. */
  lists: string[];
  /** What does without them. */
  of?: "integration" | "transfer";
  /** Where other lists are chosen, unless that is here. */
  settings?: string;
};

/** Names the chosen lists that HubSpot no longer has; nothing while it has all. */
export function GoneListsAlert({ lists, of = "integration", settings }: Props) {
  const t = useTranslations("goneLists");
  const format = useFormatter();
  if (!lists.length) return null;
  return (
    <Alert role="alert" color="orange" icon={<IconListDetails size={20} />} title={t("title")}>
      <Text size="sm">
        {t(of, { count: lists.length, lists: format.list(lists) })}{" "}
        {settings ? <TextLink href={settings}>{t("settings")}</TextLink> : null}
      </Text>
    </Alert>
  );
}
