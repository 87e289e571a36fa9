"use client";

import { Card, Group, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { HubspotReference } from "@/components/ui/hubspot-reference";
import { StatusBadge } from "@/components/ui/status-badge";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { ProspectView } from "@/services/prospects/read-prospect";
import classes from "./sync-card.module.css";

type Sync = ProspectView["sync"][number];

type Props = { prospectId: string; sync: Sync[]; deleted: boolean };

export function SyncCard({ prospectId, sync, deleted }: Props) {
  const t = useTranslations("prospects.sync");
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2} mb="sm">
        {t("title")}
      </Title>
      {sync.length ? (
        <Stack gap="md">
          {sync.map((one) => (
            <OneAccount key={one.integrationId} sync={one} prospectId={prospectId} />
          ))}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          {deleted
            ? t("noneDeleted")
            : t.rich("none", {
                link: (words) => (
                  <Link href="/settings/integrations" className={classes.link}>
                    {words}
                  </Link>
                ),
              })}
        </Text>
      )}
    </Card>
  );
}

function OneAccount({ sync, prospectId }: { sync: Sync; prospectId: string }) {
  const t = useTranslations("prospects.sync");
  const reasonText = useReasonText();
  const shown = statusOf(sync);
  const { reason } = sync;
  return (
    <div className={classes.account}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Link href={`/settings/integrations/${sync.integrationId}`} className={classes.link}>
          {sync.accountName}
        </Link>
        <StatusBadge tone={tones[shown]}>{t(`status.${shown}`)}</StatusBadge>
      </Group>
      {shown === "in_conflict" ? (
        <Link
          href={`/settings/integrations/${sync.integrationId}/conflicts?record=snov~${prospectId}`}
          className={classes.link}
        >
          {t("decide")}
        </Link>
      ) : null}
      {reason ? (
        <>
          <Text size="sm" mt={4}>
            {reasonText(reason, sync.detail)}
          </Text>
          <HubspotReference detail={sync.detail} />
        </>
      ) : null}
      <Text size="sm" c="dimmed" mt={4}>
        {sync.contactId ? t("contact", { id: sync.contactId }) : t("noContact")}
        {sync.verifiedAt ? (
          <>
            {" · "}
            {t(sync.status !== "in_sync" ? "lastInSync" : reason ? "compared" : "verified")}{" "}
            <TimeAgo value={sync.verifiedAt} />
          </>
        ) : null}
      </Text>
      <Link
        href={`/settings/integrations/${sync.integrationId}/activity?record=${prospectId}`}
        className={classes.link}
      >
        {t("activity")}
      </Link>
      {sync.state === "active" ? null : (
        <Text size="sm" c="dimmed" mt={4}>
          {t(sync.state !== "paused" ? "broken" : sync.stopped ? "stopped" : "paused")}
        </Text>
      )}
    </div>
  );
}

const tones = {
  waiting: "info",
  in_sync: "positive",
  failing: "critical",
  in_conflict: "attention",
  excluded: "neutral",
  unseen: "neutral",
} as const;

/** What is on its way says more than what was found last time, but never hides a failure. */
function statusOf({ status, waiting }: Sync): keyof typeof tones {
  if (waiting && status !== "failing" && status !== "in_conflict") return "waiting";
  return status ?? "unseen";
}
