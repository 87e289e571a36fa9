"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/server/run-action";
import { requestComparison, requestOpenTransfers, requestTransfer } from "@/app/server/tell-engine";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { askHubspotAgain } from "@/services/integrations/ask-hubspot-again";
import { pauseIntegration } from "@/services/integrations/pause-integration";
import { resumeIntegration } from "@/services/integrations/resume-integration";
import { tryAgain } from "@/services/integrations/try-again";
import { compareNow } from "@/services/reconcile/compare-now";

type Input = { integrationId: string };

export async function pauseIntegrationAction(input: Input) {
  return runAction(async (ctx) => {
    await pauseIntegration({ ctx, input });
    return null;
  });
}

export async function resumeIntegrationAction(input: Input) {
  return runAction(async (ctx) => {
    await resumeIntegration({ ctx, input });
    await requestOpenTransfers(ctx, input.integrationId);
    return null;
  });
}

export async function answerFuseAction(input: Parameters<typeof answerFuse>[0]["input"]) {
  return runAction(async (ctx) => {
    await answerFuse({ ctx, input });
    await requestOpenTransfers(ctx, input.integrationId);
    return null;
  });
}

export async function compareNowAction(input: Input) {
  return runAction(async (ctx) => {
    const { runId } = await compareNow({ ctx, input });
    await requestComparison({ runId, integrationId: input.integrationId });
    return null;
  });
}

/** `refusedUntil`: until when HubSpot still takes no calls; null where it does. */
export async function askHubspotAgainAction(input: Input) {
  return runAction(async (ctx) => {
    const asked = await askHubspotAgain({ ctx, input });
    if (!asked.answered) return { refusedUntil: asked.until.toISOString() };
    await Promise.all([
      ...asked.comparisons.map((run) => requestComparison(run)),
      ...asked.transfers.map((run) => requestTransfer(run)),
    ]);
    return { refusedUntil: null };
  });
}

export async function tryAgainAction(input: Parameters<typeof tryAgain>[0]["input"]) {
  return runAction((ctx) => tryAgain({ ctx, input }));
}

export async function disconnectIntegrationAction(input: Input) {
  return runAction(async (ctx) => {
    await disconnectIntegration({ ctx, input });
    revalidatePath("/settings/integrations");
    return null;
  });
}
