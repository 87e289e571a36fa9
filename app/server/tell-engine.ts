import "server-only";
import { reconcileRequested, transferRequested } from "@/inngest/events";
import { errorFields, log } from "@/lib/log";

type Run = { runId: string; integrationId: string };

/** A request that is lost costs at most ten minutes: the engine looks for runs that nobody works on. */
export const requestComparison = (run: Run) =>
  tell(reconcileRequested.create(run), "comparison/not-requested");

/** A request that is lost costs at most a minute. */
export const requestTransfer = (run: Run) => tell(transferRequested.create(run), "transfer/not-requested");

async function tell(
  event: ReturnType<typeof reconcileRequested.create> | ReturnType<typeof transferRequested.create>,
  failure: string,
): Promise<void> {
  try {
    const { inngest } = await import("@/inngest/client");
    await inngest.send(event);
  } catch (error) {
    log.warn(failure, errorFields(error));
  }
}
