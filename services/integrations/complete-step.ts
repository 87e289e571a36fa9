import { z } from "zod";
import { reachedAfter, wizardSteps } from "@/lib/wizard-flow";
import { type Ctx, requireAdmin } from "../context";
import { changeSettings, SettingsTarget } from "./change-settings";

const CompleteStep = SettingsTarget.extend({ step: z.enum(wizardSteps) });

/** Remembers how far the wizard was walked; going back loses nothing of it. */
export async function completeStep({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof CompleteStep>;
}): Promise<{ updatedAt: string; wizardStep: string }> {
  requireAdmin(ctx);
  const { step, ...target } = CompleteStep.parse(input);
  return changeSettings(ctx, target, async (_tx, { wizardStep: before }) => {
    const wizardStep = reachedAfter(step, before);
    return { ...(wizardStep === before ? {} : { set: { wizardStep } }), deltas: [], result: { wizardStep } };
  });
}
