import { List, Text, ThemeIcon } from "@mantine/core";
import { IconMinus } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { Question } from "@/components/integrations/question";
import { useSnovFieldName } from "@/components/integrations/use-snov-field-name";
import { TextLink } from "@/components/ui/text-link";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { policyExceptions } from "./policy-exceptions";

type Props = { settings: IntegrationSettings; fromSnov: boolean; fromHubspot: boolean };

/** What a transfer leaves as it is, and why, before anybody has counted. */
export function LeftOut({ settings, fromSnov, fromHubspot }: Props) {
  const t = useTranslations("transfers.leftOut");
  const format = useFormatter();
  const nameOf = useSnovFieldName();
  const { outgoingScope, incomingScope, policy, id, lists } = settings;
  const reasons = [
    t("noEmail"),
    ...(fromSnov && outgoingScope.kind === "lists"
      ? [t("outsideLists", { lists: format.list(named(outgoingScope.ids)) })]
      : []),
    ...(fromHubspot && incomingScope.kind === "lists"
      ? [t("outsideHubspotLists", { count: incomingScope.ids.length })]
      : []),
    t("removed"),
    t("unmapped"),
    ...(fromSnov !== fromHubspot ? [t(fromSnov ? "onlyToHubspot" : "onlyToSnov")] : []),
    t(`disputed.${policy}`),
    ...policyExceptions(settings).map((exception) =>
      t(`exceptions.${exception.policy}`, {
        fields: format.list(
          exception.mappings.map(({ snovField, snovLabel }) => nameOf(snovField, snovLabel)),
        ),
        count: exception.mappings.length,
      }),
    ),
  ];
  return (
    <Question title={t("title")} description={t("text")}>
      <List
        size="sm"
        spacing={8}
        icon={
          <ThemeIcon size={20} radius="xl" variant="light" color="gray">
            <IconMinus size={13} stroke={2} aria-hidden />
          </ThemeIcon>
        }
      >
        {reasons.map((reason) => (
          <List.Item key={reason}>{reason}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        {t.rich("change", {
          link: (words) => (
            <TextLink href={`/settings/integrations/${id}/settings`} c="inherit">
              {words}
            </TextLink>
          ),
        })}
      </Text>
    </Question>
  );

  function named(ids: string[]): string[] {
    return ids.flatMap((listId) => lists.find((list) => list.id === listId)?.name ?? []);
  }
}
