"use client";

import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { RecordTitle } from "@/components/overview/record-title";
import type { TryAgain } from "@/components/overview/use-try-again";
import { TimeAgo } from "@/components/ui/formatted";
import { HubspotReference } from "@/components/ui/hubspot-reference";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { RecordRow } from "@/services/integrations/read-records";
import { RecordHelp } from "./record-help";
import classes from "./records.module.css";

type Props = {
  record: RecordRow;
  integrationId: string;
  contactUrl: string;
  /** Where records may be tried again. */
  tryAgain: TryAgain | undefined;
};

/** One record: its names on both sides, how it stands, why, and what helps. */
export function RecordEntry({ record, integrationId, contactUrl, tryAgain }: Props) {
  const t = useTranslations("records");
  const nameless = useTranslations("overview");
  const reasonText = useReasonText();
  const { side, recordId, prospect, contact, status, reason, detail } = record;
  const there = contact && (contact.name ?? contact.email);
  const name = prospect ? prospect.name : there;
  const shown = name ?? (contact ? nameless("contact", { id: contact.id }) : nameless("nameless"));
  const sentence = reason ? reasonText(reason, detail) : null;
  return (
    <li className={classes.entry} aria-label={shown}>
      <div className={classes.head}>
        <span className={classes.title}>
          <RecordTitle name={name} prospectId={prospect ? recordId : null} contactId={contact?.id ?? null} />
          <Text span size="sm" c="dimmed">
            {prospect?.trashed ? ` · ${t("trashed")}` : null}
            {prospect && there && there !== name ? ` · ${t("nameThere", { name: there })}` : null}
            {prospect && !contact ? ` · ${t("noContact")}` : null}
            {side === "hubspot" ? ` · ${t("noProspect")}` : null}
          </Text>
        </span>
        <span className={classes.badges}>
          {status ? <RecordStatusBadge status={status} /> : null}
          {record.waitingSince ? <RecordStatusBadge status="waiting" /> : null}
        </span>
      </div>
      {sentence ? (
        <Text size="sm" mt={4} style={{ overflowWrap: "anywhere" }}>
          {sentence}
        </Text>
      ) : status === "in_conflict" ? (
        <Text size="sm" mt={4}>
          {t("differs")}
        </Text>
      ) : null}
      {sentence ? <HubspotReference detail={detail} /> : null}
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          <When record={record} />
        </Text>
        <RecordHelp
          record={record}
          name={shown}
          integrationId={integrationId}
          contactUrl={contactUrl}
          tryAgain={tryAgain}
        />
      </div>
    </li>
  );
}

function When({ record: { status, reason, at, verifiedAt, waitingSince } }: Pick<Props, "record">) {
  const t = useTranslations("records.when");
  const parts = [
    verifiedAt ? { key: comparedAs(status, reason), at: verifiedAt } : null,
    at && status !== "in_sync" ? { key: "lookedAt" as const, at } : null,
    waitingSince ? { key: "waiting" as const, at: waitingSince } : null,
  ].filter((part) => part !== null);
  return parts.map(({ key, at }, index) => (
    <span key={key}>
      {index ? " · " : null}
      {t.rich(key, { when: () => <TimeAgo value={at} /> })}
    </span>
  ));
}

/** What the latest comparison that left nothing to sync may be called. */
function comparedAs(status: RecordRow["status"], reason: string | null) {
  if (status !== "in_sync") return "lastInSync" as const;
  return reason ? ("compared" as const) : ("equal" as const);
}
