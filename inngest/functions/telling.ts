import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { keepNotices } from "@/services/telling/keep-notices";
import { inngest } from "../client";

/** Every minute: what people are told of is compared with what is so. */
export const tellPeople = (deps: Deps) =>
  inngest.createFunction(
    { id: "keep-notices", triggers: [cron("* * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => await step.run("keep", () => keepNotices(deps)),
  );
