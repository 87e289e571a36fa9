"use client";

import { Button, Loader } from "@mantine/core";
import { IconExternalLink, IconRotateClockwise } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { decidedAddress } from "@/components/conflicts/asked-decided";
import type { TryAgain } from "@/components/overview/use-try-again";
import { LinkButton } from "@/components/ui/link-button";
import type { RecordRow } from "@/services/integrations/read-records";
import classes from "./records.module.css";

type Props = {
  record: Pick<RecordRow, "side" | "recordId" | "contact" | "status" | "reason">;
  name: string;
  integrationId: string;
  contactUrl: string;
  tryAgain: TryAgain | undefined;
};

/** Reasons that the integration's settings can remove. */
const ofSettings = ["choice_not_mapped", "field_missing", "out_of_scope", "direction"];

/** What a person can do about a record. */
export function RecordHelp({ record, name, integrationId, contactUrl, tryAgain }: Props) {
  const t = useTranslations("records.help");
  const { side, recordId, contact, status, reason } = record;
  const integration = `/settings/integrations/${integrationId}`;
  return (
    <span className={classes.help}>
      {status === "failing" && tryAgain ? <TryOne {...{ record, name, tryAgain }} /> : null}
      {status === "in_conflict" ? (
        <LinkButton
          href={`${integration}/conflicts?record=${side}~${recordId}`}
          variant="default"
          size="compact-sm"
          aria-label={t("named", { act: t("decide"), name })}
        >
          {t("decide")}
        </LinkButton>
      ) : null}
      {status === "excluded" && reason === "kept_apart" ? (
        <LinkButton
          href={decidedAddress(integrationId, { record: `${side}~${recordId}` })}
          variant="default"
          size="compact-sm"
          aria-label={t("named", { act: t("decision"), name })}
        >
          {t("decision")}
        </LinkButton>
      ) : null}
      {reason && status !== "in_sync" && ofSettings.includes(reason) ? (
        <LinkButton
          href={`${integration}/settings`}
          variant="subtle"
          size="compact-sm"
          aria-label={t("named", { act: t("settings"), name })}
        >
          {t("settings")}
        </LinkButton>
      ) : null}
      {contact ? (
        <Button
          component="a"
          href={contactUrl.replace("{id}", contact.id)}
          target="_blank"
          rel="noreferrer"
          variant="subtle"
          size="compact-sm"
          rightSection={<IconExternalLink size={14} stroke={1.6} aria-hidden />}
          aria-label={t("named", { act: t("inHubspot"), name })}
        >
          {t("inHubspot")}
        </Button>
      ) : null}
    </span>
  );
}

function TryOne({ record, name, tryAgain }: Pick<Props, "record" | "name"> & { tryAgain: TryAgain }) {
  const t = useTranslations();
  const { side, recordId } = record;
  const trying = tryAgain.isTrying({ side, recordId });
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={trying ? <Loader size={14} /> : <IconRotateClockwise size={14} stroke={1.6} aria-hidden />}
      disabled={trying}
      aria-label={trying ? undefined : t("overview.reasons.tryNamed", { name })}
      onClick={() => tryAgain.one({ side, recordId, name })}
    >
      {trying ? t("overview.reasons.trying") : t("common.tryAgain")}
    </Button>
  );
}
