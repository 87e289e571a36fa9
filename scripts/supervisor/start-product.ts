import { existsSync } from "node:fs";
import { join } from "node:path";
import { migrateDatabase } from "@/db/migrate";
import type { Lock } from "../bootstrap/lock.mjs";
import { buildApp } from "../build/build-app";
import { createSampleData } from "../sample-data/create-sample-data";
import { demoSignIn } from "../sample-data/demo-sign-in";
import { disableDemoSignIn } from "../sample-data/disable-demo-sign-in";
import { checkDatabase } from "./check-database";
import { choosePorts } from "./choose-ports";
import { completeEnvironment } from "./complete-environment";
import type { DataDir } from "./data-dir";
import { externalParts, givenEnvironment } from "./given-environment";
import type { Options } from "./options";
import { createPart, type PartSpec } from "./part";
import { runnerPart, sandboxPart, webPart } from "./parts";
import { endLeftovers } from "./process-group";
import { readOrCreateSecrets } from "./secrets";
import { startDatabase } from "./start-database";
import type { Stopper } from "./stopper";
import { step, terminal } from "./terminal";

type Start = { options: Options; dir: DataDir; lock: Lock; stopper: Stopper };

/** Postgres, migrations, build, sample data, sandbox, web, runner: in this order, each ready before the next. */
export async function startProduct({ options, dir, lock, stopper }: Start): Promise<void> {
  const started = performance.now();
  const given = givenEnvironment(options.envFile);
  const external = externalParts(given);
  const leftovers = await endLeftovers(dir.run);
  if (leftovers.length > 0)
    terminal.line(`  Ended what a killed start had left running: ${leftovers.join(", ")}`);
  const hasDatabase =
    existsSync(join(dir.path, "postgres", "data")) || existsSync(join(dir.path, "postgres-folder"));
  const { secrets, created } = readOrCreateSecrets(dir.secrets, hasDatabase);
  const first = await choosePorts(given, options.freePorts);
  const before = completeEnvironment(given, first, secrets);
  const databaseUrl = before.DATABASE_URL ?? "";
  if (created) terminal.line(`  Secrets of this installation are in ${dir.secrets}`);

  const run = async (spec: PartSpec) => {
    const part = createPart(spec, dir);
    stopper.add(part);
    await part.start();
  };
  if (external.database) await checkDatabase(databaseUrl);
  else await step("Postgres", () => startDatabase({ dir, port: first.database, secrets, run }));
  await step("Database schema", () => migrateDatabase(databaseUrl));
  // Next refuses a second development server on one folder; a test's stands beside a developer's own.
  const devDir = options.freePorts ? ".next-dev-beside" : ".next";
  const distDir = options.dev ? devDir : await buildApp({ ...before, NODE_ENV: "production" }, dir);
  // A build takes minutes: what was free before it may be another program's by now.
  const ports = { ...(await choosePorts(given, options.freePorts)), database: first.database };
  const env = completeEnvironment(given, ports, secrets);

  const host = external.hubspot ? (env.HOST ?? "0.0.0.0") : "127.0.0.1";
  if (external.hubspot) await disableDemoSignIn(databaseUrl);
  else {
    if (options.sampleData) await step("Sample data", () => createSampleData(databaseUrl));
    const seed = options.sampleData ? "demo" : "empty";
    await step("Sandbox HubSpot account", () => run(sandboxPart(env, ports.sandbox, dir.sandbox, seed)));
  }
  await step("App", () => run(webPart(env, ports.app, host, { dev: options.dev, distDir })));
  if (!external.inngest) await step("Runner", () => run(runnerPart(env, ports, host)));

  // No secrets: the data folder's other files hold those.
  lock.update({ appUrl: env.APP_URL, sandboxUrl: env.SANDBOX_URL, ports, ready: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.line(`\n  Ready in ${seconds} s: ${env.APP_URL}`);
  if (env.SANDBOX_URL) {
    terminal.line(`  Sandbox HubSpot account: ${env.SANDBOX_URL}`);
    if (options.sampleData) terminal.line(`  Sign in with ${demoSignIn.email} / ${demoSignIn.password}`);
    terminal.line("  While the sandbox is in use, only this machine can reach them.");
  }
}
