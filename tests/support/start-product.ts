import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoSignIn } from "@/scripts/sample-data/demo-sign-in";
import type { Ports } from "@/scripts/supervisor/choose-ports";
import { completeEnvironment } from "@/scripts/supervisor/complete-environment";
import { readOrCreateSecrets } from "@/scripts/supervisor/secrets";

export const partNames = ["postgres", "sandbox", "web", "runner"] as const;
export type PartName = (typeof partNames)[number];

export type Product = {
  appUrl: string;
  sandboxUrl: string;
  runnerUrl: string;
  /** The app's own database. */
  databaseUrl: string;
  /** What its parts were started with, for a test that calls our own code on the same data. */
  environment: Record<string, string>;
  dataDir: string;
  /** The supervisor's process. */
  pid: number;
  demo: { email: string; password: string };
  /** The process of a part now; another number after the supervisor has started it again. */
  partPid(name: PartName): number | undefined;
  kill(name: PartName, signal?: NodeJS.Signals): void;
  /** Everything it has printed. */
  output(): string;
  /** Stops it as Ctrl-C does. The data folder stays if it was given. */
  stop(): Promise<void>;
};

export type ProductOptions = {
  /** A folder that outlives the product, to start it again on the same data. Otherwise a new one that `stop` removes. */
  dataDir?: string;
  env?: Record<string, string>;
  /** Without it: an empty sandbox account, no workspace and no demo sign-in. */
  sampleData?: boolean;
  dev?: boolean;
  withinMs?: number;
};

/** Starts what `npm start` starts, on free ports and with its own data, and waits until it is ready. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "product-"));
  const { child, output, ended } = spawnProduct(dataDir, options);
  const end = Date.now() + (options.withinMs ?? 600_000);
  for (;;) {
    const state = readState(dataDir);
    if (state?.ready && state.pid === child.pid) break;
    if (ended() !== undefined) throw new Error(`The product ended (${ended()}):\n${output()}`);
    if (Date.now() > end) {
      child.kill("SIGTERM");
      throw new Error(`The product was not ready in time:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const state = readState(dataDir);
  if (!state) throw new Error("The product's state is gone");
  const { secrets } = readOrCreateSecrets(join(dataDir, "secrets.json"), true);
  const environment = completeEnvironment(options.env ?? {}, state.ports, secrets);
  const partPid = (name: PartName) =>
    readJson<{ pid: number }>(join(dataDir, "run", `part-${name}.json`))?.pid;
  return {
    appUrl: environment.APP_URL ?? "",
    sandboxUrl: environment.SANDBOX_URL ?? "",
    runnerUrl: environment.INNGEST_BASE_URL ?? "",
    databaseUrl: environment.DATABASE_URL ?? "",
    environment,
    dataDir,
    pid: state.pid,
    demo: demoSignIn,
    partPid,
    kill(name, signal = "SIGKILL") {
      const pid = partPid(name);
      if (pid === undefined) throw new Error(`${name} does not run`);
      process.kill(pid, signal);
    },
    output,
    async stop() {
      if (ended() === undefined) {
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGINT");
        await gone;
      }
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The start command as a process, for tests that look at what it says and how it ends. */
export function spawnProduct(dataDir: string, options: ProductOptions = {}) {
  const args = [
    ...(options.dev ? ["--dev"] : []),
    "--free-ports",
    "--no-env-file",
    `--data-dir=${dataDir}`,
    ...(options.sampleData === false ? ["--no-sample-data"] : []),
  ];
  const start = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [start, ...args], {
    env: { ...outerEnvironment(), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let end: string | number | undefined;
  child.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  child.once("exit", (code, signal) => {
    end = code ?? signal ?? "unknown";
  });
  return { child, output: () => said, ended: () => end };
}

/** A test runner's own settings, and real services that a developer may have set, stay outside. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(npm_|VITEST|TEST_|NODE_ENV$|PORT$|HOST$|APP_URL$|DATABASE_URL$|NEXTAUTH_|ENCRYPTION_KEYS$|HUBSPOT_(?!CONTRACT)|INNGEST_|OIDC_|SMTP_|MAIL_|SANDBOX_(?!RECORDING_DIR$)|RUNNER_|LOG_LEVEL$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name)),
  ) as NodeJS.ProcessEnv;
}

type State = { pid: number; ready?: boolean; ports: Ports };

function readState(dataDir: string): State | undefined {
  return readJson<State>(join(dataDir, "run", "supervisor.json"));
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
