import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { comparePage } from "@/services/reconcile/compare-page";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { stopRun } from "@/services/reconcile/open-run";
import { startDueComparisons } from "@/services/reconcile/start-due";
import { inngest } from "../client";
import { reconcileRequested } from "../events";
import { withRemoteFaults } from "../remote-faults";

/** A run ends well before the engine's limit of steps and asks for its own successor. */
const pagesPerRun = 100;
const looksPerRun = 100;

/** Every integration has its own minute of the day; runs that lost whoever worked on them are taken up again. */
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

/** One full comparison: a page a step, then waiting for the ordinary line to look at what was marked. */
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
      const page = (number: number) =>
        step
          .run(`page-${number}`, () => withRemoteFaults(() => comparePage(deps, runId)))
          .catch(async (error) => {
            // Nothing more can be read; what was marked stays marked, and the next comparison begins anew.
            await step.run("stop", () => stopRun(deps.db, runId, "failed"));
            throw error;
          });
      let more = true;
      for (let number = 0; more && number < pagesPerRun; number += 1) more = (await page(number)).more;
      let ended = false;
      for (let look = 0; !more && !ended && look < looksPerRun; look += 1) {
        ended = await step.run(`finish-${look}`, () => finishReconcile(deps, runId));
        if (!ended) await step.sleep(`wait-${look}`, "5s");
      }
      if (!ended) await step.sendEvent("go-on", reconcileRequested.create(event.data));
      return { ended };
    },
  );
