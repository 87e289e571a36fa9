import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { APP } from "@/tests/sandbox/test-sandbox";

/** An empty sandbox HubSpot, as a process of its own, with the limit of a real account. */
export async function startSandboxProcess(folder: string): Promise<{ url: string; kill: () => void }> {
  const program = fileURLToPath(new URL("../../../sandbox/hubspot/main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      SANDBOX_PORT: "0",
      SANDBOX_DATA_DIR: folder,
      SANDBOX_CLIENT_ID: APP.clientId,
      SANDBOX_CLIENT_SECRET: APP.clientSecret,
      SANDBOX_APP_ID: String(APP.appId),
      SANDBOX_SEED: "empty",
      SANDBOX_RATE_LIMIT: "on",
    },
  });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^sandbox ready (\S+)$/.exec(line)?.[1];
    if (url) return { url, kill };
  }
  throw new Error("the sandbox did not start");
}
