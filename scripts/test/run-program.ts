import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";

const running = new Set<ChildProcess>();

/** Runs a program of node_modules with our terminal; tells its exit code. */
export function runProgram(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

export function stopPrograms(): void {
  for (const child of running) child.kill("SIGTERM");
}
