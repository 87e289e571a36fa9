import "server-only";
import { inngest } from "@/inngest/client";
import { transferRequested } from "@/inngest/events";
import { errorFields, log } from "@/lib/log";

/** Tells the engine that a transfer has something to do; what is not told is found within a minute. */
export async function requestTransfer(data: { runId: string; integrationId: string }): Promise<void> {
  try {
    await inngest.send(transferRequested.create(data));
  } catch (error) {
    log.warn("transfer/not-requested", errorFields(error));
  }
}
