import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";
import type { Ports } from "./choose-ports";
import { isProblem } from "./is-problem";
import type { PartSpec } from "./part";

type Env = Record<string, string>;

/** The Next server: the interface, the server actions and the Inngest functions' address. */
export function webPart(
  env: Env,
  port: number,
  host: string,
  mode: { dev: boolean; distDir?: string },
): PartSpec {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  return {
    ...nodePart("web", [next, mode.dev ? "dev" : "start", "--port", String(port), "--hostname", host]),
    env: {
      ...env,
      ...(mode.distDir && { NEXT_DIST_DIR: mode.distDir }),
      NODE_ENV: mode.dev ? "development" : "production",
    },
    // The development server compiles a page when it is first asked for.
    readyWithinMs: mode.dev ? 180_000 : 60_000,
    isReady: () => answers(`${insideUrl(port, host)}/api/health`),
  };
}

/** The embedded runner of the Inngest functions. It calls the app where it listens, whatever its public address. */
export function runnerPart(env: Env, ports: Ports, host: string): PartSpec {
  return {
    ...tsPart("runner", "inngest/runner/main.ts"),
    env: {
      ...env,
      NODE_ENV: "production",
      APP_URL: insideUrl(ports.app, host),
      RUNNER_PORT: String(ports.runner),
    },
    isReady: () => answers(`http://127.0.0.1:${ports.runner}/`),
  };
}

/** The sandbox HubSpot account. */
export function sandboxPart(env: Env, port: number, dataDir: string, seed: "demo" | "empty"): PartSpec {
  return {
    ...tsPart("sandbox", "sandbox/hubspot/main.ts"),
    env: {
      ...withoutSecretsOfTheApp(env),
      NODE_ENV: "production",
      SANDBOX_PORT: String(port),
      SANDBOX_DATA_DIR: dataDir,
      SANDBOX_WEBHOOK_URL: new URL("/api/hubspot/webhooks", env.APP_URL).href,
      SANDBOX_CLIENT_ID: env.HUBSPOT_CLIENT_ID,
      SANDBOX_CLIENT_SECRET: env.HUBSPOT_CLIENT_SECRET,
      SANDBOX_APP_ID: env.HUBSPOT_APP_ID,
      SANDBOX_SEED: seed,
    },
    isReady: () => answers(`http://127.0.0.1:${port}/`),
  };
}

/** Where a part on this machine reaches the web server. */
export function insideUrl(port: number, host: string): string {
  const anywhere = host === "0.0.0.0" || host === "::";
  return `http://${anywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
}

function tsPart(name: string, file: string) {
  return nodePart(name, ["--import", "tsx", file]);
}

function nodePart(name: string, args: string[]) {
  return {
    name,
    command: process.execPath,
    args,
    cwd: root,
    stopSignal: "SIGTERM" as const,
    readyWithinMs: 60_000,
    isProblem,
  };
}

/** HubSpot would not have them either. */
function withoutSecretsOfTheApp(env: Env): Env {
  const { DATABASE_URL, NEXTAUTH_SECRET, ENCRYPTION_KEYS, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, ...rest } =
    env;
  return rest;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(60_000) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
