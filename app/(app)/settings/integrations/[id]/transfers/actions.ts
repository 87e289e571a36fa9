"use server";

import { runAction } from "@/app/server/run-action";
import { requestTransfer } from "@/app/server/tell-engine";
import type { Ctx } from "@/services/context";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { pauseTransfer } from "@/services/transfers/pause-transfer";
import { resumeTransfer } from "@/services/transfers/resume-transfer";
import { retryFailed } from "@/services/transfers/retry-failed";
import { type StartPreviewInput, startPreview } from "@/services/transfers/start-preview";
import { type StartUndoInput, startUndo } from "@/services/transfers/start-undo";
import { tryPreviewAgain } from "@/services/transfers/try-preview-again";

type Input = { runId: string };

export async function startPreviewAction(input: StartPreviewInput) {
  return runAction(async (ctx) => {
    const { runId } = await startPreview({ ctx, input });
    await requestTransfer({ runId, integrationId: input.integrationId });
    return { runId };
  });
}

export async function startUndoAction(input: StartUndoInput) {
  return runAction(async (ctx) => {
    const { runId, integrationId } = await startUndo({ ctx, input });
    await requestTransfer({ runId, integrationId });
    return { runId };
  });
}

export async function allowTransferAction(input: Input) {
  return goOn(input, allowTransfer);
}

export async function pauseTransferAction(input: Input) {
  return runAction(async (ctx) => {
    await pauseTransfer({ ctx, input });
    return null;
  });
}

export async function resumeTransferAction(input: Input) {
  return goOn(input, resumeTransfer);
}

export async function cancelTransferAction(input: Input) {
  return runAction(async (ctx) => {
    await cancelTransfer({ ctx, input });
    return null;
  });
}

export async function answerTransferAction(
  input: Input & { answer: "continue" | "leave_out"; seen: string; forAll: boolean },
) {
  return goOn(input, answerTransfer);
}

export async function retryFailedAction(input: Input) {
  return goOn(input, retryFailed);
}

export async function tryPreviewAgainAction(input: Input) {
  return goOn(input, tryPreviewAgain);
}

function goOn<I extends Input>(
  input: I,
  verb: (call: { ctx: Ctx; input: I }) => Promise<{ integrationId: string }>,
) {
  return runAction(async (ctx) => {
    const { integrationId } = await verb({ ctx, input });
    await requestTransfer({ runId: input.runId, integrationId });
    return null;
  });
}
