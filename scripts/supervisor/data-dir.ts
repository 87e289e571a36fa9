import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../bootstrap/fault.mjs";

export type DataDir = {
  path: string;
  /** Numbers of running processes. */
  run: string;
  logs: string;
  sandbox: string;
  secrets: string;
};

const neededMegabytes = 500;

/** Makes the folder that holds everything this installation keeps, closed to other people. */
export function prepareDataDir(path: string): DataDir {
  const dir = {
    path,
    run: join(path, "run"),
    logs: join(path, "logs"),
    sandbox: join(path, "sandbox-hubspot"),
    secrets: join(path, "secrets.json"),
  };
  mkdirSync(path, { recursive: true });
  // Started by root, Postgres runs as another user, who must pass through to its own folder.
  chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  for (const inner of [dir.run, dir.logs]) mkdirSync(inner, { recursive: true, mode: 0o700 });
  const probe = join(path, `.write-probe-${process.pid}`);
  writeFileSync(probe, "x".repeat(4096));
  rmSync(probe);
  refuseFullDisk(path);
  return dir;
}

function refuseFullDisk(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  const megabytes = Math.floor((bavail * bsize) / 1_000_000);
  if (megabytes < neededMegabytes)
    throw new Fault(
      `Only ${megabytes} MB are free where ${path} is; ${neededMegabytes} MB are needed. Free some space and run the command again.`,
    );
}
