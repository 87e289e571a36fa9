import { cron } from "inngest";
import { errorFields, log } from "@/lib/log";
import { isWorkingConnection, listWorkingConnections } from "@/services/connections/list-working";
import { rereadTimeZone } from "@/services/connections/reread-time-zone";
import { rereadUsers } from "@/services/connections/reread-users";
import type { Deps } from "@/services/context";
import { rereadProperties } from "@/services/properties/reread-properties";
import { inngest } from "../client";
import { rereadRequested } from "../events";
import { untilTheNext } from "../remote-faults";

/** Every day: what HubSpot's admins made, changed or removed is known without reconnecting. */
export const refreshProperties = (deps: Deps) =>
  inngest.createFunction(
    { id: "refresh-properties", triggers: [cron("41 4 * * *")], retries: 3, singleton: { mode: "skip" } },
    async ({ step }) => {
      const working = await step.run("list-connections", () => listWorkingConnections(deps));
      if (working.length)
        await step.sendEvent(
          "reread",
          working.map((connectionId) => rereadRequested.create({ connectionId })),
        );
      return { asked: working.length };
    },
  );

const everyMs = 30 * 60_000;
/** Twenty hours: then it is soon the next day's turn. */
const rounds = 40;

const readings = [
  ["properties", rereadProperties],
  ["users", rereadUsers],
  ["time-zone", rereadTimeZone],
] as const;

/** One account. What could not be read is tried again each half hour, and keeps neither the rest nor other accounts waiting. */
export const rereadAccount = (deps: Deps) =>
  inngest.createFunction(
    {
      id: "reread-account",
      triggers: [rereadRequested],
      retries: 2,
      singleton: { key: "event.data.connectionId", mode: "skip" },
    },
    async ({ event, step }) => {
      const { connectionId } = event.data;
      const isRead = (what: string, round: number, read: (typeof readings)[number][1]) =>
        step
          .run(`${what}-${round}`, () =>
            untilTheNext({ everyMs, instead: false }, async () => {
              await read(deps, connectionId);
              return true;
            }),
          )
          .catch((error) => {
            log.error("account/not-read-again", { connectionId, what, ...errorFields(error) });
            return false;
          });
      const left = new Map<string, (typeof readings)[number][1]>(readings);
      for (let round = 0; round < rounds; round += 1) {
        if (!(await step.run(`works-${round}`, () => isWorkingConnection(deps, connectionId)))) break;
        for (const [what, read] of left) if (await isRead(what, round, read)) left.delete(what);
        if (!left.size) break;
        await step.sleep(`wait-${round}`, everyMs);
      }
      return { left: [...left.keys()] };
    },
  );
