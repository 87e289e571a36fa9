import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { listActiveIntegrations } from "@/services/integrations/list-active";
import { wakeLeftovers } from "@/services/pending/leftovers";
import { inngest } from "../client";
import { pollRequested } from "../events";

/** How often it runs. */
export const sweepMs = 60_000;

/** Every minute: what lost its wake-up is woken, and every active integration is polled. */
export const sweep = (deps: Deps) =>
  inngest.createFunction(
    { id: "sweep", triggers: [cron("* * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => {
      const woken = await step.run("wake-leftovers", () => wakeLeftovers(deps));
      const active = await step.run("list-active", () => listActiveIntegrations(deps));
      if (active.length)
        await step.sendEvent(
          "poll",
          active.map((integrationId) => pollRequested.create({ integrationId })),
        );
      return { woken: woken.length, polled: active.length };
    },
  );
