import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { startDueComparisons } from "@/services/reconcile/start-due";
import { workComparison } from "@/services/reconcile/work-comparison";
import { inngest } from "../client";
import { reconcileRequested } from "../events";
import { untilTheNext } from "../remote-faults";

/** A run ends well before the engine's limit of steps and asks for its own successor. */
const pagesPerRun = 100;
const looksPerRun = 100;
/** How often somebody is sent to those that have not got on. */
const everyMs = 10 * 60_000;

/** Every integration has its own minute of the day; those that nobody has got on with are taken up again. */
export const startReconciles = (deps: Deps) =>
  inngest.createFunction(
    { id: "start-reconciles", triggers: [cron("*/10 * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => {
      const started = await step.run("start-due", () => startDueComparisons(deps));
      if (started.length)
        await step.sendEvent(
          "reconcile",
          started.map((run) => reconcileRequested.create(run)),
        );
      return { started: started.length };
    },
  );

/**
 * One full comparison: a page a step, then waiting for the ordinary line to look at what was marked. Where HubSpot cannot be
 * read it is left as it is, to whoever is sent next.
 */
export const reconcile = (deps: Deps) =>
  inngest.createFunction(
    {
      id: "reconcile",
      triggers: [reconcileRequested],
      retries: 5,
      concurrency: { limit: 1, key: "event.data.integrationId" },
    },
    async ({ event, step }) => {
      const { runId } = event.data;
      let more = true;
      for (let number = 0; more && number < pagesPerRun; number += 1) {
        const page = await step.run(`page-${number}`, () =>
          untilTheNext({ everyMs, instead: null }, () => workComparison(deps, runId)),
        );
        if (!page) return { ended: false };
        more = page.more;
      }
      let ended = false;
      for (let look = 0; !more && !ended && look < looksPerRun; look += 1) {
        ended = await step.run(`finish-${look}`, () => finishReconcile(deps, runId));
        if (!ended) await step.sleep(`wait-${look}`, "5s");
      }
      if (!ended) await step.sendEvent("go-on", reconcileRequested.create(event.data));
      return { ended };
    },
  );
