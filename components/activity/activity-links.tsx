import { Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";
import type { ActivityContext } from "./activity-context";
import { UndoButtons } from "./undo-buttons";

type Props = { activity: Overview["changes"][number]; context: ActivityContext };

/** Where a change leads: everything of its record, its run, and its contact. */
export function ActivityLinks({ activity, context }: Props) {
  const t = useTranslations("activity.links");
  const { prospectId, contactId, runId } = activity;
  const own = `/settings/integrations/${context.integration.id}`;
  const link = { size: "sm", c: "dimmed" } as const;
  return (
    <Group gap="4px var(--mantine-spacing-md)" mt={6}>
      {prospectId ? (
        <TextLink {...link} href={`${own}/activity?record=${prospectId}`}>
          {t("record")}
        </TextLink>
      ) : null}
      {runId ? (
        <TextLink {...link} href={`${own}/transfers/${runId}`}>
          {t(activity.cause.kind === "undo" ? "undo" : "run")}
        </TextLink>
      ) : null}
      {contactId ? (
        <TextLink {...link} href={context.contactUrl.replace("{id}", contactId)}>
          {t("contact", { id: contactId })}
        </TextLink>
      ) : null}
      {context.undo ? (
        <UndoButtons activity={activity} integrationId={context.integration.id} undo={context.undo} />
      ) : null}
    </Group>
  );
}
