import { cron } from "inngest";
import { currentJournalExtent } from "@/services/change-notices/current-source";
import { readJournal } from "@/services/change-notices/read-journal";
import type { Deps } from "@/services/context";
import { listActiveIntegrations } from "@/services/integrations/list-active";
import { wakeLeftovers } from "@/services/pending/leftovers";
import { pollContacts } from "@/services/sync/poll-contacts";
import { purgeExpired } from "@/services/sync/purge-expired";
import { inngest } from "../client";
import { pollRequested } from "../events";
import { untilTheNext } from "../remote-faults";

const everyMs = 60_000;

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

/** Every minute where HubSpot cannot push to us, every hour where it can; only where it lets our app read the journal. */
export const followJournal = (deps: Deps) =>
  inngest.createFunction(
    { id: "follow-journal", triggers: [cron("* * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) =>
      await step.run("read", async () => {
        const extent = await currentJournalExtent(deps);
        return extent
          ? await untilTheNext({ everyMs, instead: null }, () => readJournal(deps, extent))
          : null;
      }),
  );

/** What is left after so many steps, the next minute's poll goes on with. */
const stepsPerPoll = 100;
const nothingMore = { more: false };

/** Seconds of pages a step, until nothing is left. A poll that is still under way makes the next one unnecessary. */
export const pollChanges = (deps: Deps) =>
  inngest.createFunction(
    {
      id: "poll-changes",
      triggers: [pollRequested],
      retries: 2,
      singleton: { key: "event.data.integrationId", mode: "skip" },
    },
    async ({ event, step }) => {
      for (let number = 0; number < stepsPerPoll; number += 1) {
        const { more } = await step.run(`poll-${number}`, () =>
          untilTheNext({ everyMs, instead: nothingMore }, () => pollContacts(deps, event.data.integrationId)),
        );
        if (!more) return { steps: number + 1 };
      }
      return { steps: stepsPerPoll };
    },
  );

export const purge = (deps: Deps) =>
  inngest.createFunction({ id: "purge", triggers: [cron("17 3 * * *")], retries: 1 }, async ({ step }) => {
    await step.run("purge-expired", () => purgeExpired(deps));
  });
