"use client";

import { Card, Group, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import type { Overview } from "@/services/integrations/read-overview";
import { ConflictEntry } from "./conflict-entry";
import classes from "./conflicts-card.module.css";

/** What only a person can decide; until then both sides stay as they are. */
export function ConflictsCard({ overview }: { overview: Overview }) {
  const t = useTranslations("overview.conflicts");
  const { conflicts, fields, figures } = overview;
  const hidden = figures.openConflicts - conflicts.length;
  return (
    <Card component="section" aria-label={t("title")}>
      <Group gap="xs" wrap="nowrap">
        <Title order={2}>{t("title")}</Title>
        <RecordStatusBadge status="in_conflict" count={figures.openConflicts} />
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t("text")}
      </Text>
      <ul className={classes.conflicts}>
        {conflicts.map((conflict) => (
          <ConflictEntry key={conflict.id} conflict={conflict} fields={fields} />
        ))}
      </ul>
      {hidden > 0 ? (
        <Text size="sm" c="dimmed" mt="sm">
          {t("hidden", { count: hidden })}
        </Text>
      ) : null}
      <LinkButton
        href={`/settings/integrations/${overview.id}/conflicts`}
        variant="default"
        size="xs"
        mt="sm"
      >
        {t("decide")}
      </LinkButton>
    </Card>
  );
}
