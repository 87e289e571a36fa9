import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { saveStatusHour } from "@/services/figures/save-status-hour";
import { inngest } from "../client";

/** Every hour: how many records stand how, for the chart of it. An hour that nobody counted stays a gap. */
export const snapshotStatuses = (deps: Deps) =>
  inngest.createFunction(
    { id: "snapshot-statuses", triggers: [cron("0 * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => await step.run("save-hour", () => saveStatusHour(deps)),
  );
