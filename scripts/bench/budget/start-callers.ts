import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Told = { name: string; calls: number; waits: number[] };

/** Two processes with bulk work and one with live calls, each through a connection of another workspace. */
export async function startCallers(connectionIds: string[]) {
  const lanes = ["bulk", "bulk", "live"];
  return Promise.all(connectionIds.map((id, at) => startCaller(id, lanes[at] ?? "bulk", at)));
}

async function startCaller(connectionId: string, lane: string, at: number) {
  const program = fileURLToPath(new URL("./caller.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, connectionId, lane, `${lane}${at}`], {
    stdio: ["pipe", "pipe", "inherit"],
    env: process.env,
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  if ((await line()) !== "ready") throw new Error(`${lane}${at} did not start`);
  return {
    say: (word: "go" | "measure" | "stop") => child.stdin.write(`${word}\n`),
    told: async (): Promise<Told> => JSON.parse(await line()),
    kill,
  };
}
