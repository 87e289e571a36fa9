"use client";

import { Card, Group, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./conflicts-card.module.css";
import { RecordTitle } from "./record-title";
import { ShownValue, useShownLabel } from "./shown-value";

/** Fields both sides changed to different values; both values stay where they are. */
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
          <OneConflict key={conflict.id} conflict={conflict} fields={fields} />
        ))}
      </ul>
      {hidden > 0 ? (
        <Text size="sm" c="dimmed" mt="sm">
          {t("hidden", { count: hidden })}
        </Text>
      ) : null}
    </Card>
  );
}

type OneProps = { conflict: Overview["conflicts"][number]; fields: Overview["fields"] };

function OneConflict({ conflict, fields }: OneProps) {
  const t = useTranslations("overview.conflicts");
  const label = useShownLabel(fields);
  const { snovField, hubspotProperty } = conflict;
  const names = { snov: label("snov", snovField), hubspot: label("hubspot", hubspotProperty) };
  return (
    <li className={classes.conflict}>
      <p className={classes.head}>
        <span>
          <RecordTitle
            name={conflict.recordName}
            prospectId={conflict.prospectId}
            contactId={conflict.contactId}
          />
          <Text span size="sm" c="dimmed">
            {" · "}
            {names.snov === names.hubspot ? names.snov : `${names.snov} ↔ ${names.hubspot}`}
          </Text>
        </span>
        <Text span size="xs" c="dimmed">
          <TimeAgo value={conflict.openedAt} />
        </Text>
      </p>
      <dl className={classes.values}>
        <div>
          <dt>{t("snov")}</dt>
          <dd>
            <ShownValue fields={fields} side="snov" field={snovField} value={conflict.snovValue} />
          </dd>
        </div>
        <div>
          <dt>{t("hubspot")}</dt>
          <dd>
            <ShownValue
              fields={fields}
              side="hubspot"
              field={hubspotProperty}
              value={conflict.hubspotValue}
            />
          </dd>
        </div>
        <div>
          <dt>{t("base")}</dt>
          <dd className={classes.base}>
            {conflict.base === null ? (
              t("noBase")
            ) : (
              <ShownValue fields={fields} side="hubspot" field={hubspotProperty} value={conflict.base} />
            )}
          </dd>
        </div>
      </dl>
    </li>
  );
}
