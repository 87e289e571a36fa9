import { cron } from "inngest";
import { finishLeaving } from "@/services/connections/leave-account";
import type { Deps } from "@/services/context";
import { purgeExpired } from "@/services/sync/purge-expired";
import { inngest } from "../client";

export const purge = (deps: Deps) =>
  inngest.createFunction({ id: "purge", triggers: [cron("17 3 * * *")], retries: 1 }, async ({ step }) => {
    await step.run("purge-expired", () => purgeExpired(deps));
    await step.run("finish-leaving", () => finishLeaving(deps));
  });
