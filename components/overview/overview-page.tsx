"use client";

import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { GoneListsAlert } from "@/components/integrations/gone-lists-alert";
import { RefreshFaultAlert } from "@/components/integrations/refresh-fault-alert";
import { StoppedExtrasAlert } from "@/components/integrations/stopped-extras-alert";
import { ErrorState } from "@/components/ui/error-state";
import { fetchJson } from "@/lib/fetch-json";
import type { Overview } from "@/services/integrations/read-overview";
import { ArrivalNote } from "./arrival-note";
import { AskHubspotAgain } from "./ask-hubspot-again";
import { BrokenAlert } from "./broken-alert";
import { ComparisonCard } from "./comparison-card";
import { ConflictsCard } from "./conflicts-card";
import { FuseBanner } from "./fuse-banner";
import { LastChangesCard } from "./last-changes-card";
import { LimitUse } from "./limit-use";
import { OverviewCharts } from "./overview-charts";
import { type OverviewActions, OverviewHeader } from "./overview-header";
import classes from "./overview-page.module.css";
import { ReasonsCard } from "./reasons-card";
import { SetupHint } from "./setup-hint";
import { SourceFaultAlert } from "./source-fault-alert";
import { StatusCounts } from "./status-counts";
import { StillnessNote } from "./stillness-note";
import { StoppedMappingsAlert } from "./stopped-mappings-alert";
import { useTryAgain } from "./use-try-again";

type Props = {
  initial: Overview;
  /** Owners and admins change the integration; everybody may look and have records tried again. */
  manages: boolean;
  actions: OverviewActions;
  /** The page where a HubSpot user would edit contacts, while the sandbox is in use. */
  sandboxUrl: string | null;
};

/** The page of one integration, kept live while it is looked at. */
export function OverviewPage({ initial, manages, actions, sandboxUrl }: Props) {
  const t = useTranslations("overview");
  const { data, isError, refetch } = useQuery({
    queryKey: ["integration", initial.id, "overview"],
    queryFn: ({ signal }) => fetchJson<Overview>(`/api/integrations/${initial.id}/overview`, signal),
    initialData: initial,
    refetchInterval: 2_000,
    staleTime: 1_000,
  });
  const tryAgain = useTryAgain(initial.id, actions.tryAgain, refetch);
  const failing = data.reasons.filter(({ status }) => status === "failing");
  const excluded = data.reasons.filter(({ status }) => status === "excluded");
  return (
    <>
      <OverviewHeader overview={data} manages={manages} actions={actions} onChanged={() => refetch()} />
      <Stack gap="lg">
        {isError ? <ErrorState title={t("staleTitle")} description={t("stale")} onRetry={refetch} /> : null}
        {data.state === "broken" ? <BrokenAlert overview={data} manages={manages} /> : null}
        {data.brokenReason ? null : <RefreshFaultAlert fault={data.refreshFault} />}
        <SourceFaultAlert
          arrival={data.arrival}
          state={data.state}
          refreshFault={data.refreshFault}
          askAgain={
            manages ? (
              <AskHubspotAgain id={data.id} ask={actions.askAgain} onChanged={() => refetch()} />
            ) : null
          }
        />
        <GoneListsAlert lists={data.goneLists} settings={`/settings/integrations/${data.id}/settings`} />
        <StoppedExtrasAlert
          extras={data.stoppedExtras}
          settings={`/settings/integrations/${data.id}/settings`}
        />
        <StoppedMappingsAlert
          mappings={data.stoppedMappings}
          settings={`/settings/integrations/${data.id}/settings`}
        />
        {data.fuseStop ? (
          <FuseBanner
            overview={data}
            stop={data.fuseStop}
            manages={manages}
            answer={actions.answerFuse}
            onChanged={() => refetch()}
          />
        ) : null}
        {manages ? <SetupHint overview={data} /> : null}
        <StillnessNote overview={data} />
        <ArrivalNote arrival={data.arrival} comparison={data.comparison} state={data.state} />
        <StatusCounts
          id={data.id}
          figures={data.figures}
          state={data.state}
          fuseStop={data.fuseStop}
          arrival={data.arrival}
        />
        <LimitUse limits={data.limits} />
        <div className={classes.columns}>
          <Stack gap="lg" miw={0} className={classes.aside}>
            {failing.length ? (
              <ReasonsCard
                id={data.id}
                status="failing"
                reasons={failing}
                tryAgain={data.state === "active" ? tryAgain : undefined}
              />
            ) : null}
            {data.figures.openConflicts ? <ConflictsCard overview={data} /> : null}
            {excluded.length ? <ReasonsCard id={data.id} status="excluded" reasons={excluded} /> : null}
            <ComparisonCard
              overview={data}
              manages={manages}
              compare={actions.compare}
              onChanged={() => refetch()}
            />
          </Stack>
          <Stack gap="lg" miw={0}>
            <OverviewCharts id={data.id} figures={data.figures} />
            <LastChangesCard overview={data} sandboxUrl={sandboxUrl} />
          </Stack>
        </div>
      </Stack>
    </>
  );
}
