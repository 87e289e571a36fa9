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
      const readings = {
        refresh: (id: string) => withRemoteFaults(() => rereadProperties(deps, id)),
        users: (id: string) => rereadUsers(deps, id),
        "time-zone": (id: string) => rereadTimeZone(deps, id),
      };
      for (const id of await step.run("list-connections", () => listWorkingConnections(deps)))
        for (const [what, read] of Object.entries(readings))
          await step
            .run(`${what}-${id}`, () => read(id))
            // One reading's trouble leaves all the others their turn.
            .catch((error) => logger.error("an account was not read again", { connection: id, what, error }));
    },
  );
