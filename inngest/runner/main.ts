import { parseEnvironment } from "./environment";
import { jsonLog, reasonOf } from "./log";
import { startRunner } from "./start-runner";

/** The embedded runner as a program. It ends with 0 on SIGTERM and SIGINT, with 1 when it cannot do its work. */
async function main(): Promise<void> {
  const env = parseEnvironment(process.env);
  const fixedDelay = env.RUNNER_RETRY_DELAY_MS;
  const runner = await startRunner({
    databaseUrl: env.DATABASE_URL,
    port: env.RUNNER_PORT,
    serveUrl: new URL("/api/inngest", env.APP_URL).href,
    signingKey: env.INNGEST_SIGNING_KEY,
    eventKey: env.INNGEST_EVENT_KEY,
    leaseMs: env.RUNNER_LEASE_MS,
    retentionDays: env.RUNNER_RETENTION_DAYS,
    retryDelay: fixedDelay === undefined ? undefined : () => fixedDelay,
    onUnsupported: (error) => {
      process.stderr.write(`${error.message}\n`);
      exitAfterStop(1);
    },
  });
  const exitAfterStop = (code: number) => {
    runner.stop().then(
      () => process.exit(code),
      () => process.exit(code || 1),
    );
  };
  process.once("SIGTERM", () => exitAfterStop(0));
  process.once("SIGINT", () => exitAfterStop(0));
  process.stdout.write(`runner ready ${runner.url}\n`);
}

process.on("unhandledRejection", (error) =>
  jsonLog.error("unhandled rejection", { reason: reasonOf(error) }),
);

main().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
});
