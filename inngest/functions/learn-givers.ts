import { cron } from "inngest";
import { errorFields, log } from "@/lib/log";
import { learnLatestGivers } from "@/services/activities/learn-latest-givers";
import type { Deps } from "@/services/context";
import { listActiveIntegrations } from "@/services/integrations/list-active";
import { inngest } from "../client";

/** Every minute: who gave HubSpot what has come from there, for the activities' filter by person. */
export const learnGivers = (deps: Deps) =>
  inngest.createFunction(
    { id: "learn-givers", triggers: [cron("* * * * *")], retries: 0, singleton: { mode: "skip" } },
    async ({ step }) => {
      const active = await step.run("list-active", () => listActiveIntegrations(deps));
      for (const id of active)
        await step
          .run(`learn-${id}`, () => learnLatestGivers(deps, id))
          // One account's trouble leaves the others their turn.
          .catch((error) => log.error("givers/not-learnt", { integration: id, ...errorFields(error) }));
    },
  );
