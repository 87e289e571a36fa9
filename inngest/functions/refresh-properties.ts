import { cron } from "inngest";
import { listWorkingConnections } from "@/services/connections/list-working";
import { rereadTimeZone } from "@/services/connections/reread-time-zone";
import { rereadUsers } from "@/services/connections/reread-users";
import type { Deps } from "@/services/context";
import { rereadProperties } from "@/services/properties/reread-properties";
import { inngest } from "../client";
import { withRemoteFaults } from "../remote-faults";

/** Every day: what HubSpot's admins made, changed or removed is known without reconnecting. */
export const refreshProperties = (deps: Deps) =>
  inngest.createFunction(
    { id: "refresh-properties", triggers: [cron("41 4 * * *")], retries: 3 },
    async ({ step, logger }) => {
      const connectionIds = await step.run("list-connections", () => listWorkingConnections(deps));
      for (const id of connectionIds)
        try {
          await step.run(`refresh-${id}`, () => withRemoteFaults(() => rereadProperties(deps, id)));
          await step.run(`users-${id}`, () => rereadUsers(deps, id));
          await step.run(`time-zone-${id}`, () => rereadTimeZone(deps, id));
        } catch (error) {
          // One account's trouble leaves the others their turn.
          logger.error("an account was not read again", { connection: id, error });
        }
    },
  );
