import { eventType } from "inngest";
import { z } from "zod";

/** An integration has pending records. */
export const syncRequested = eventType("sync/requested", { schema: z.object({ integrationId: z.uuid() }) });

/** An active integration's turn to be polled. */
export const pollRequested = eventType("poll/requested", { schema: z.object({ integrationId: z.uuid() }) });

/** An account's turn of the day to be read again. */
export const rereadRequested = eventType("reread/requested", {
  schema: z.object({ connectionId: z.uuid() }),
});

/** A full comparison has been started, or waits to be taken up again. */
export const reconcileRequested = eventType("reconcile/requested", {
  schema: z.object({ runId: z.uuid(), integrationId: z.uuid() }),
});

/** A transfer, or its preview, has something to do. */
export const transferRequested = eventType("transfer/requested", {
  schema: z.object({ runId: z.uuid(), integrationId: z.uuid() }),
});
