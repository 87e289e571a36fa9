import { z } from "zod";
import { setupFinished } from "@/lib/wizard-flow";
import { type Ctx, requireAdmin } from "../context";
import { ServiceError } from "../service-error";
import { changeSettings } from "./change-settings";

const FinishSetup = z.object({ integrationId: z.uuid() });

/** Remembers that nothing of setting up is left. Doing so again changes nothing. */
export async function finishSetup({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof FinishSetup>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const target = FinishSetup.parse(input);
  return changeSettings(ctx, target, async (_tx, { launchedAt, wizardStep }) => {
    if (!launchedAt)
      throw new ServiceError("out_of_date", "what was never launched is not set up", {
        reason: "not_launched",
      });
    return {
      ...(wizardStep === setupFinished ? {} : { set: { wizardStep: setupFinished } }),
      deltas: [],
      result: {},
    };
  });
}
