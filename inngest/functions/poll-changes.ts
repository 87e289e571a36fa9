import type { Deps } from "@/services/context";
import { pollContacts } from "@/services/sync/poll-contacts";
import { inngest } from "../client";
import { pollRequested } from "../events";
import { untilTheNext } from "../remote-faults";
import { sweepMs } from "./sweep";

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
          untilTheNext({ everyMs: sweepMs, instead: nothingMore }, () =>
            pollContacts(deps, event.data.integrationId),
          ),
        );
        if (!more) return { steps: number + 1 };
      }
      return { steps: stepsPerPoll };
    },
  );
