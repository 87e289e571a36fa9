import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createHandler } from "./http/handler";
import { openSandbox, type Sandbox, type SandboxOptions } from "./sandbox";

export interface RunningSandbox {
  url: string;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** Serves a sandbox HubSpot on the loopback address of this machine. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = openSandbox(options);
  const server = createServer(createHandler(sandbox));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port ?? 0, "127.0.0.1", resolve);
    });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sandbox,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await sandbox.close();
    },
  };
}
