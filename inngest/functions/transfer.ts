import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { listOpenTransfers } from "@/services/transfers/list-open";
import { workTransfer } from "@/services/transfers/work-transfer";
import { inngest } from "../client";
import { transferRequested } from "../events";

/** A run ends well before the engine's limit of steps and asks for its own successor. */
const stepsPerRun = 100;

/** Transfers whose wake-up was lost, that HubSpot kept waiting for too long, or whose integration was paused. */
export const resumeTransfers = (deps: Deps) =>
  inngest.createFunction(
    { id: "resume-transfers", triggers: [cron("* * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => {
      const open = await step.run("list-open", () => listOpenTransfers(deps));
      if (open.length)
        await step.sendEvent(
          "transfer",
          open.map((run) => transferRequested.create(run)),
        );
      return { open: open.length };
    },
  );

/** Shows, or carries out, a transfer: half a minute of pages a step, each page saved for itself. */
export const transfer = (deps: Deps) =>
  inngest.createFunction(
    {
      id: "transfer",
      triggers: [transferRequested],
      retries: 5,
      concurrency: { limit: 1, key: "event.data.runId" },
    },
    async ({ event, step }) => {
      const { runId } = event.data;
      for (let number = 0; number < stepsPerRun; number += 1) {
        const { more, idle } = await step.run(`work-${number}`, () => workTransfer(deps, runId));
        if (!more) return { steps: number };
        if (idle) await step.sleep(`moment-${number}`, "1s");
      }
      await step.sendEvent("go-on", transferRequested.create(event.data));
      return { steps: stepsPerRun };
    },
  );
