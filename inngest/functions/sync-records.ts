import type { Deps } from "@/services/context";
import { hasPendingSoon } from "@/services/pending/leftovers";
import { linkExistingPage } from "@/services/sync/link-existing";
import { reconcilePage } from "@/services/sync/reconcile-page";
import { inngest } from "../client";
import { syncRequested } from "../events";

/** A run ends well before the engine's limit of steps and asks for its own successor. */
const pagesPerRun = 100;

/** Works off an integration's pending records, a page a step, one step at a time per integration. */
export const syncRecords = (deps: Deps) =>
  inngest.createFunction(
    {
      id: "sync-records",
      triggers: [syncRequested],
      retries: 3,
      concurrency: { limit: 1, key: "event.data.integrationId" },
    },
    async ({ event, step }) => {
      const { integrationId } = event.data;
      let linking = true;
      let worked = false;
      for (let page = 0; page < pagesPerRun; page += 1) {
        const counts = await step.run(`page-${page}`, () => reconcilePage(deps, integrationId));
        if (linking) {
          const { more } = await step.run(`link-${page}`, () => linkExistingPage(deps, integrationId));
          linking = more;
        }
        worked ||= counts.claimed > 0;
        if (counts.claimed || linking) continue;
        // What goes round again, and echoes of our own writes, are due within moments and wake nobody.
        const soon = worked && (await step.run(`soon-${page}`, () => hasPendingSoon(deps, integrationId)));
        if (!soon) return { pages: page };
        worked = false;
        await step.sleep(`moments-${page}`, "1s");
      }
      await step.sendEvent("go-on", syncRequested.create({ integrationId }));
      return { pages: pagesPerRun };
    },
  );
