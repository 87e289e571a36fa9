import { type ChildProcess, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";

const running = new Set<ChildProcess>();

export type ProgramOptions = {
  /** What it prints comes in one piece at its end, as another program is using our terminal. */
  printAtEnd?: boolean;
  /** It and what it starts take what others leave of the processors. */
  yielding?: boolean;
};

/** Runs a program of node_modules with our terminal; tells its exit code. */
export function runProgram(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  { printAtEnd = false, yielding = false }: ProgramOptions = {},
): Promise<number> {
  const child = spawn(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    env,
    stdio: printAtEnd ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  if (yielding && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => printed.push(part));
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      process.stdout.write(Buffer.concat(printed));
      resolve(code ?? 1);
    });
  });
}

export function stopPrograms(): void {
  for (const child of running) child.kill("SIGTERM");
}
