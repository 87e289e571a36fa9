import "server-only";
import { reconcileRequested, transferRequested } from "@/inngest/events";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { listOpenTransfers } from "@/services/transfers/list-open";

type Run = { runId: string; integrationId: string };

/** A request that is lost costs at most ten minutes: the engine looks for runs that nobody works on. */
export const requestComparison = (run: Run) =>
  tell(reconcileRequested.create(run), "comparison/not-requested");

/** A request that is lost costs at most two minutes. */
export const requestTransfer = (run: Run) => tell(transferRequested.create(run), "transfer/not-requested");

/** An integration may sync again: its transfers go on at once. One that is lost goes on within two minutes. */
export async function requestOpenTransfers(deps: Pick<Deps, "db">, integrationId: string): Promise<void> {
  try {
    const open = await listOpenTransfers(deps, { integrationId });
    await Promise.all(open.map((run) => requestTransfer(run)));
  } catch (error) {
    log.warn("transfers/not-requested", errorFields(error));
  }
}

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
