import "server-only";
import { errorFields, log } from "@/lib/log";

/** A request that is lost costs at most ten minutes: the engine looks for runs that nobody works on. */
export async function requestComparison(run: { runId: string; integrationId: string }): Promise<void> {
  try {
    const { inngest } = await import("@/inngest/client");
    const { reconcileRequested } = await import("@/inngest/events");
    await inngest.send(reconcileRequested.create(run));
  } catch (error) {
    log.warn("comparison/not-requested", errorFields(error));
  }
}
