"use client";

import { Stack } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { GoneListsAlert } from "@/components/integrations/gone-lists-alert";
import { LimitUse } from "@/components/overview/limit-use";
import { ErrorState } from "@/components/ui/error-state";
import { DateTime } from "@/components/ui/formatted";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { fetchJson } from "@/lib/fetch-json";
import type { Overview } from "@/services/integrations/read-overview";
import type { Transfer } from "@/services/transfers/read-transfer";
import { AskingCard } from "./asking-card";
import { EndNote } from "./end-note";
import { FieldsCard } from "./fields-card";
import type { ItemContext } from "./item-entry";
import { ItemsCard } from "./items-card";
import { KeptCard } from "./kept-card";
import { OnwardNote } from "./onward-note";
import { OverwritesCard } from "./overwrites-card";
import { PreviewFigures } from "./preview-figures";
import { PreviewingCard } from "./previewing-card";
import { ProgressCard } from "./progress-card";
import { ResultFigures } from "./result-figures";
import { markResultSeen } from "./seen-results";
import { SkippedCard } from "./skipped-card";
import type { TransferActions } from "./transfer-actions";
import { TransferButtons } from "./transfer-buttons";
import classes from "./transfer-page.module.css";
import { hasEnded, isMoving } from "./transfer-phase";
import { TransferStateBadge } from "./transfer-state-badge";
import { UndoneNote } from "./undone-note";
import { type NamedList, useChosenText } from "./use-chosen-text";
import { WaitingNote } from "./waiting-note";

type Props = {
  initial: Transfer;
  lists: NamedList[];
  context: Omit<ItemContext, "ended">;
  manages: boolean;
  /** While the integration is still being set up: the step that follows. */
  nextStep: string | null;
  actions: TransferActions;
};

/** One transfer from its preview to its end, kept live while it is looked at. */
export function TransferPage({ initial, lists, context, manages, nextStep, actions }: Props) {
  const t = useTranslations("transfers");
  const overviewTexts = useTranslations("overview");
  const chosen = useChosenText(lists);
  const own = `/settings/integrations/${initial.integrationId}/transfers`;
  const path = `/api/integrations/${initial.integrationId}/transfers/${initial.runId}`;
  const { data, isError, refetch } = useQuery({
    queryKey: ["transfer", initial.runId],
    queryFn: ({ signal }) => fetchJson<Transfer>(path, signal),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 1_000 : 30_000),
    staleTime: 500,
  });
  const overview = useOverview(initial.integrationId, isMoving(data));
  const ended = hasEnded(data);
  const waits = data.waiting !== null || (overview !== undefined && overview.state !== "active");
  useEffect(() => {
    if (ended) markResultSeen(initial.runId);
  }, [ended, initial.runId]);
  const allowed = data.allowedAt !== null;
  const items = { transfer: data, path, context: { ...context, ended } };
  return (
    <>
      <PageHeader
        back={{ href: own, label: t("title") }}
        title={t(
          data.undoes
            ? allowed
              ? data.undoes.kind === "transfer"
                ? "undo"
                : "undoOfChanges"
              : "undoPreview"
            : allowed
              ? "one"
              : "onePreview",
        )}
        badge={<TransferStateBadge transfer={data} />}
        description={
          <>
            {chosen(data).join(" · ")}
            {data.undoes?.kind === "transfer" ? (
              <>
                {" · "}
                <TextLink href={`${own}/${data.undoes.runId}`} c="inherit">
                  {t("theTransfer")}
                </TextLink>
              </>
            ) : null}
            {allowed ? (
              <>
                {" · "}
                <TextLink
                  href={`/settings/integrations/${initial.integrationId}/activity?run=${data.runId}`}
                  c="inherit"
                >
                  {t("activity")}
                </TextLink>
              </>
            ) : null}
            <br />
            {data.startedBy ? t("startedBy", { name: data.startedBy }) : t("started")}{" "}
            <DateTime value={data.startedAt} />
          </>
        }
        actions={
          manages ? (
            <>
              <TransferButtons transfer={data} actions={actions} onChanged={() => refetch()} />
              {nextStep && (allowed || ended) ? <NextStepButton href={nextStep} /> : null}
            </>
          ) : null
        }
      />
      <Stack gap="lg">
        {isError ? (
          <ErrorState
            title={overviewTexts("staleTitle")}
            description={overviewTexts("stale")}
            onRetry={refetch}
          />
        ) : null}
        <WaitingNote transfer={data} overview={overview} />
        <GoneListsAlert lists={data.preview.goneLists ?? []} of="transfer" />
        {data.state === "asking" ? (
          <AskingCard {...items} manages={manages} answer={actions.answer} onChanged={() => refetch()} />
        ) : null}
        {data.state === "previewing" ? <PreviewingCard transfer={data} /> : null}
        {allowed && !ended ? (
          <ProgressCard transfer={data} waits={waits} limit={overview?.limits.general} />
        ) : null}
        {ended || data.state === "previewed" ? <EndNote transfer={data} /> : null}
        <OnwardNote transfer={data} />
        {data.undoneBy ? <UndoneNote own={own} undoneBy={data.undoneBy} /> : null}
        {allowed ? <ResultFigures transfer={data} /> : <PreviewFigures transfer={data} />}
        {overview && data.state === "running" ? <LimitUse limits={overview.limits} /> : null}
        <div className={classes.columns}>
          <Stack gap="lg" miw={0}>
            {data.state === "previewed" && !data.undoes ? <OverwritesCard {...items} /> : null}
            {data.state === "previewing" ? null : <ItemsCard key={String(allowed)} {...items} />}
          </Stack>
          {data.state === "previewing" ? null : (
            <Stack component="aside" gap="lg" miw={0}>
              {allowed ? null : <FieldsCard transfer={data} fields={context.fields} />}
              <KeptCard transfer={data} />
              <SkippedCard transfer={data} />
            </Stack>
          )}
        </div>
      </Stack>
    </>
  );
}

function NextStepButton({ href }: { href: string }) {
  const t = useTranslations("wizard");
  return (
    <LinkButton href={href} rightSection={<IconArrowRight size={16} stroke={1.6} />}>
      {t("nextConflicts")}
    </LinkButton>
  );
}

/** How the integration itself stands, while that matters. */
function useOverview(integrationId: string, enabled: boolean): Overview | undefined {
  const { data } = useQuery({
    queryKey: ["integration", integrationId, "overview"],
    queryFn: ({ signal }) => fetchJson<Overview>(`/api/integrations/${integrationId}/overview`, signal),
    enabled,
    refetchInterval: 2_000,
    staleTime: 1_000,
  });
  return enabled ? data : undefined;
}
