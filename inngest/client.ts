import { Inngest } from "inngest";
import { env } from "@/lib/env";
import { StepFaults } from "./step-faults";

/** Keys and address come from the environment: the embedded runner, Inngest Cloud or a self-hosted server. */
export const inngest = new Inngest({
  id: "app",
  isDev: false,
  baseUrl: env().INNGEST_BASE_URL,
  eventKey: env().INNGEST_EVENT_KEY,
  signingKey: env().INNGEST_SIGNING_KEY,
  middleware: [StepFaults],
});
