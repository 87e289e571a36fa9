import { join } from "node:path";
import { z } from "zod";
import { holdFolder } from "./hold-folder";
import { type RunningSandbox, startSandbox } from "./start-sandbox";

const Environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  SANDBOX_DATA_DIR: z
    .string()
    .min(1)
    .default(join(process.cwd(), ".data", "sandbox-hubspot")),
  SANDBOX_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  SANDBOX_CLIENT_ID: z.string().min(1).default("sandbox-client-id"),
  SANDBOX_CLIENT_SECRET: z.string().min(1).default("sandbox-client-secret"),
  SANDBOX_APP_ID: z.coerce.number().int().positive().default(7_654_321),
  SANDBOX_SEED: z.enum(["demo", "empty"]).default("demo"),
  SANDBOX_RATE_LIMIT: z.enum(["on", "off"]).default("on"),
});

const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
const environment = Environment.safeParse(given);
if (!environment.success) {
  console.error(`The sandbox cannot start:\n${z.prettifyError(environment.error)}`);
  process.exit(1);
}

const env = environment.data;
let running: RunningSandbox | null = null;
let stopping = false;
try {
  await holdFolder(env.SANDBOX_DATA_DIR, stop);
  running = await startSandbox({
    port: env.SANDBOX_PORT,
    dataDir: env.SANDBOX_DATA_DIR,
    clientId: env.SANDBOX_CLIENT_ID,
    clientSecret: env.SANDBOX_CLIENT_SECRET,
    appId: env.SANDBOX_APP_ID,
    seed: env.SANDBOX_SEED,
    rateLimit: env.SANDBOX_RATE_LIMIT === "on",
    ...(env.SANDBOX_WEBHOOK_URL ? { webhookUrl: env.SANDBOX_WEBHOOK_URL } : {}),
  });
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  console.log(`sandbox ready ${running.url}`);
} catch (error) {
  console.error("The sandbox cannot start:", error instanceof Error ? error.message : error);
  process.exit(1);
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  const closing = running?.close() ?? Promise.resolve();
  closing.then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}
