"use client";

import { Card, Group, Title } from "@mantine/core";
import { IconArrowsLeftRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ActivityEntry } from "@/components/activity/activity-entry";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";
import { EmptyActions } from "./empty-actions";
import classes from "./last-changes-card.module.css";

type Props = { overview: Overview; sandboxUrl: string | null };

/** What was written on either side, latest first. */
export function LastChangesCard({ overview, sandboxUrl }: Props) {
  const t = useTranslations("overview.changes");
  const { changes, fields, state } = overview;
  return (
    <Card component="section" aria-label={t("title")}>
      <Group justify="space-between">
        <Title order={2}>{t("title")}</Title>
        {changes.length ? (
          <TextLink href={`/settings/integrations/${overview.id}/activity`} size="sm">
            {t("all")}
          </TextLink>
        ) : null}
      </Group>
      {changes.length ? (
        <ol className={classes.entries}>
          {changes.map((change) => (
            <ActivityEntry key={change.id} integrationId={overview.id} activity={change} fields={fields} />
          ))}
        </ol>
      ) : (
        <EmptyState
          icon={<IconArrowsLeftRight size={22} stroke={1.6} />}
          title={t("emptyTitle")}
          description={state === "active" ? t("emptyActive") : t("emptyStill")}
          action={state === "active" ? <EmptyActions sandboxUrl={sandboxUrl} /> : null}
        />
      )}
    </Card>
  );
}
