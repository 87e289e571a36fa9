import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { orNotFound } from "@/app/server/or-not-found";
import { OverviewPage } from "@/components/overview/overview-page";
import { env } from "@/lib/env";
import { resumeAt } from "@/lib/wizard-flow";
import { readOverview } from "@/services/integrations/read-overview";
import {
  answerFuseAction,
  askHubspotAgainAction,
  compareNowAction,
  disconnectIntegrationAction,
  pauseIntegrationAction,
  resumeIntegrationAction,
  tryAgainAction,
} from "./actions";
import { refreshPropertiesAction } from "./settings-actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

export default async function IntegrationPage({ params }: Props) {
  const ctx = await requirePage();
  const overview = await orNotFound(readOverview({ ctx, input: await params }));
  if (!overview.launchedAt)
    redirect(`/settings/integrations/${overview.id}/setup/${resumeAt(overview.wizardStep)}`);
  const { SANDBOX_URL } = env();
  return (
    <OverviewPage
      initial={overview}
      manages={ctx.role !== "member"}
      actions={{
        pause: pauseIntegrationAction,
        resume: resumeIntegrationAction,
        answerFuse: answerFuseAction,
        compare: compareNowAction,
        askAgain: askHubspotAgainAction,
        tryAgain: tryAgainAction,
        refreshFields: refreshPropertiesAction,
        disconnect: disconnectIntegrationAction,
      }}
      sandboxUrl={SANDBOX_URL ? `${SANDBOX_URL}/accounts/${overview.accountId}/contacts` : null}
    />
  );
}
