import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../bootstrap/fault.mjs";
import { waitForLock } from "../bootstrap/lock.mjs";
import { root } from "../bootstrap/root.mjs";
import type { DataDir } from "../supervisor/data-dir";
import { openLogFile } from "../supervisor/log-file";
import { forgetGroup, killGroup, recordGroup } from "../supervisor/process-group";
import { readLines } from "../supervisor/read-lines";
import { step, terminal } from "../supervisor/terminal";
import { distDirUsers, noteDistDirUse } from "./dist-dir-users";
import { sourceHash } from "./source-hash";

/** Two, so that tests can build changed sources while a start keeps serving the build before. */
const distDirs = [".next", ".next-beside"];

/** Builds the app unless a build of these very sources exists; tells the folder that holds it. */
export async function buildApp(env: NodeJS.ProcessEnv, dir: DataDir): Promise<string> {
  const lock = await waitForLock(join(root, ".data", "run", "build.json"), () =>
    terminal.line("  Waiting for another build in this folder"),
  );
  try {
    const hash = sourceHash(root);
    const built = distDirs.find((dir) => stampOf(dir) === hash);
    const distDir = built ?? distDirs.find((dir) => distDirUsers(dir).length === 0);
    if (!distDir)
      throw new Fault("Both builds of this folder are in use by running programs. Stop one of them first.");
    // Told before the lock is given back, so that the next builder sees it.
    noteDistDirUse(distDir);
    if (!built) await step("Build", () => build(distDir, hash, env, dir));
    return distDir;
  } finally {
    lock.release();
  }
}

async function build(distDir: string, hash: string, env: NodeJS.ProcessEnv, dir: DataDir): Promise<void> {
  const logFile = join(dir.logs, "build.log");
  rmSync(stampFile(distDir), { force: true });
  const log = openLogFile(logFile);
  const recent: string[] = [];
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...env, NEXT_DIST_DIR: distDir },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Two builds in one folder would spoil each other: one must not outlive its start.
  if (child.pid) recordGroup(dir.run, "build", child.pid);
  const stop = () => child.pid && killGroup(child.pid);
  process.once("exit", stop);
  readLines(child, (line) => {
    log.write(`${line}\n`);
    recent.splice(0, recent.length - 39);
    recent.push(line);
  });
  const how = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  process.off("exit", stop);
  forgetGroup(dir.run, "build");
  if (how !== 0)
    throw new Fault(
      [`The build failed (${how}). Its last words, also in ${logFile}:`, ...recent].join("\n  "),
    );
  writeFileSync(stampFile(distDir), hash);
}

function stampOf(distDir: string): string | undefined {
  const file = stampFile(distDir);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const stampFile = (distDir: string) => join(root, distDir, "built-from");
