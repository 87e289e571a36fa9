"use client";

import { Button, Text } from "@mantine/core";
import {
  IconArrowsTransferUp,
  IconHistory,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconSettings,
} from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IntegrationStateBadge, shownState } from "@/components/ui/integration-state-badge";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { Overview } from "@/services/integrations/read-overview";

import type { AnswerFuse } from "./fuse-answer";
import type { TryAgainAction } from "./use-try-again";

type Act<T = null> = (input: { integrationId: string }) => Promise<ActionResult<T>>;
export type OverviewActions = {
  pause: Act;
  resume: Act;
  answerFuse: AnswerFuse;
  compare: Act;
  askAgain: Act<{ refusedUntil: string | null }>;
  tryAgain: TryAgainAction;
  refreshFields: Act<{ properties: number }>;
  disconnect: Act;
};
type Props = {
  overview: Overview;
  manages: boolean;
  actions: OverviewActions;
  onChanged: () => void;
};

export function OverviewHeader({ overview, manages, actions, onChanged }: Props) {
  const t = useTranslations("overview");
  return (
    <PageHeader
      back={{ href: "/settings/integrations", label: t("back") }}
      title={overview.accountName}
      badge={<IntegrationStateBadge state={shownState(overview.state, overview.fuseStop !== null)} />}
      description={t("account", { id: overview.accountId })}
      actions={
        manages ? (
          <Buttons overview={overview} actions={actions} onChanged={onChanged} />
        ) : (
          <PageLinks id={overview.id} />
        )
      }
    />
  );
}

function Buttons({ overview, actions, onChanged }: Omit<Props, "manages">) {
  const t = useTranslations("overview");
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const pause = useAction(actions.pause, { successMessage: t("paused"), onSuccess: onChanged });
  const resume = useAction(actions.resume, { successMessage: t("resumed"), onSuccess: onChanged });
  const refresh = useAction(actions.refreshFields, { successMessage: t("fieldsRefreshed") });
  const disconnect = useAction(actions.disconnect, {
    successMessage: t("disconnected"),
    onSuccess: () => router.push("/settings/integrations"),
    onFailure: () => {
      setLeaving(false);
      return undefined;
    },
  });
  const integrationId = overview.id;
  return (
    <>
      {overview.state === "active" ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} stroke={1.6} />}
          loading={pause.pending}
          onClick={() => pause.run({ integrationId })}
        >
          {t("pause")}
        </Button>
      ) : null}
      {overview.state === "paused" && !overview.fuseStop ? (
        <Button
          leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
          loading={resume.pending}
          onClick={() => resume.run({ integrationId })}
        >
          {t("resume")}
        </Button>
      ) : null}
      {overview.state === "broken" ? null : (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.6} />}
          loading={refresh.pending}
          onClick={() => refresh.run({ integrationId })}
        >
          {t("refreshFields")}
        </Button>
      )}
      <PageLinks id={integrationId} />
      <LinkButton
        href={`/settings/integrations/${integrationId}/settings`}
        variant="default"
        leftSection={<IconSettings size={16} stroke={1.6} />}
      >
        {t("settings")}
      </LinkButton>
      <Button variant="subtle" color="red" onClick={() => setLeaving(true)}>
        {t("delete")}
      </Button>
      <ConfirmDialog
        opened={leaving}
        onClose={() => setLeaving(false)}
        onConfirm={() => disconnect.run({ integrationId })}
        title={t("deleteTitle", { account: overview.accountName })}
        confirmLabel={t("deleteConfirm")}
        danger
        pending={disconnect.pending}
      >
        <Text>{t("deleteStops")}</Text>
        <Text mt="sm">{t("deleteKeeps")}</Text>
        <Text mt="sm" c="dimmed">
          {t("deleteReturn")}
        </Text>
      </ConfirmDialog>
    </>
  );
}

function PageLinks({ id }: { id: string }) {
  const t = useTranslations("overview");
  const own = `/settings/integrations/${id}`;
  const icon = { size: 16, stroke: 1.6 };
  return (
    <>
      <LinkButton href={`${own}/activity`} variant="default" leftSection={<IconHistory {...icon} />}>
        {t("activity")}
      </LinkButton>
      <LinkButton
        href={`${own}/transfers`}
        variant="default"
        leftSection={<IconArrowsTransferUp {...icon} />}
      >
        {t("transfers")}
      </LinkButton>
    </>
  );
}
