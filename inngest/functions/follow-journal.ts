import { cron } from "inngest";
import { currentJournalExtent } from "@/services/change-notices/current-source";
import { readJournal } from "@/services/change-notices/read-journal";
import type { Deps } from "@/services/context";
import { inngest } from "../client";
import { untilTheNext } from "../remote-faults";

const everyMs = 60_000;

/**
 * Every minute where HubSpot cannot push to us, every hour where it can; only where it lets our app read the journal. An
 * account that was launched or has come back is in it within a minute, either way.
 */
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
