"use client";

import { Card, Group, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type TryAgainAction, useTryAgain } from "@/components/overview/use-try-again";
import { RecordHelp } from "@/components/records/record-help";
import { TimeAgo } from "@/components/ui/formatted";
import { HubspotReference } from "@/components/ui/hubspot-reference";
import { StatusBadge } from "@/components/ui/status-badge";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { ProspectView } from "@/services/prospects/read-prospect";
import classes from "./sync-card.module.css";

type Sync = ProspectView["sync"][number];

type About = {
  prospectId: string;
  name: string;
  tryAgain: TryAgainAction;
  refresh: () => Promise<unknown>;
};
type Props = About & { sync: Sync[]; deleted: boolean };

export function SyncCard({ sync, deleted, ...about }: Props) {
  const t = useTranslations("prospects.sync");
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2} mb="sm">
        {t("title")}
      </Title>
      {sync.length ? (
        <Stack gap="md">
          {sync.map((one) => (
            <OneAccount key={one.integrationId} sync={one} {...about} />
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

function OneAccount({ sync, prospectId, name, tryAgain, refresh }: About & { sync: Sync }) {
  const t = useTranslations("prospects.sync");
  const reasonText = useReasonText();
  const shown = statusOf(sync);
  const { status, reason } = sync;
  const trying = useTryAgain(sync.integrationId, tryAgain, refresh);
  return (
    <div className={classes.account}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Link href={`/settings/integrations/${sync.integrationId}`} className={classes.link}>
          {sync.accountName}
        </Link>
        <StatusBadge tone={tones[shown]}>{t(`status.${shown}`)}</StatusBadge>
      </Group>
      {reason ? (
        <>
          <Text size="sm" mt={4}>
            {reasonText(reason, sync.detail)}
          </Text>
          <HubspotReference detail={sync.detail} />
        </>
      ) : null}
      <div className={classes.acts}>
        <RecordHelp
          record={{ side: "snov", recordId: prospectId, contact: null, status, reason }}
          name={name}
          integrationId={sync.integrationId}
          contactUrl=""
          tryAgain={sync.state === "active" ? trying : undefined}
        />
      </div>
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
