import { cron } from "inngest";
import type { Deps } from "@/services/context";
import { queueDigests } from "@/services/mail/queue-digests";
import { sendMails } from "@/services/mail/send-mails";
import { keepNotices } from "@/services/telling/keep-notices";
import { inngest } from "../client";

/** Every minute: what people are told of is compared with what is so. */
export const tellPeople = (deps: Deps) =>
  inngest.createFunction(
    { id: "keep-notices", triggers: [cron("* * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => await step.run("keep", () => keepNotices(deps)),
  );

/** Every minute: e-mails that are due, and once a day those that gather what is news. */
export const mailPeople = (deps: Deps) =>
  inngest.createFunction(
    { id: "send-mails", triggers: [cron("* * * * *")], retries: 1, singleton: { mode: "skip" } },
    async ({ step }) => {
      await step.run("queue-digests", () => queueDigests(deps));
      return await step.run("send", () => sendMails(deps));
    },
  );
