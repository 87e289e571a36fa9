import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

export type RunnerProcess = {
  child: ChildProcess;
  /** The address it printed; rejects if it ended before. */
  ready: Promise<string>;
  exited: Promise<number | null>;
  errors: () => string;
};

/** The runner as the program that production starts. */
export function spawnRunner(env: Record<string, string>): RunnerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "inngest/runner/main.ts"], {
    cwd: repository,
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = line.match(/^runner ready (http:\S+)$/)?.[1];
      if (url) resolve(url);
    });
    exited.then((code) => reject(new Error(`the runner ended with ${code}: ${errors}`)));
  });
  ready.catch(() => {});
  return { child, ready, exited, errors: () => errors };
}
