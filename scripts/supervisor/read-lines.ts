import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** Every line that a process says, from both of its outputs. */
export function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", onLine);
  }
}
