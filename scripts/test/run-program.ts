import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";

const running = new Set<ChildProcess>();

export type ProgramOptions = {
  /** What it prints comes in one piece at its end, as another program is using our terminal. */
  printAtEnd?: boolean;
};

/** Runs a program of node_modules with our terminal; tells its exit code. */
export function runProgram(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  { printAtEnd = false }: ProgramOptions = {},
): Promise<number> {
  const child = spawn(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    env,
    stdio: printAtEnd ? ["ignore", "pipe", "pipe"] : "inherit",
  });
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
