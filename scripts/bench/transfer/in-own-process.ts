import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Fault } from "../../bootstrap/fault.mjs";
import { root } from "../../bootstrap/root.mjs";

/** Runs a bench in a process of its own; what its last line tells. */
export async function inOwnProcess<Told>(args: string[]): Promise<Told> {
  const child = spawn(process.execPath, [join(root, "scripts/start.mjs"), "--bench", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) last = line;
  if ((await exited) !== 0) throw new Fault(`the bench ${args.join(" ")} failed`);
  return JSON.parse(last);
}
