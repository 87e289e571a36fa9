import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";

export type TestKeys = { signingKey: string; eventKey: string };

export function createKeys(): TestKeys {
  return {
    signingKey: `signkey-test-${randomBytes(16).toString("hex")}`,
    eventKey: randomBytes(12).toString("hex"),
  };
}

/** An Inngest client in production mode whose server is the runner under test. */
export function createClient(
  runnerUrl: string,
  keys: TestKeys,
  options: { checkpointing?: boolean } = {},
): Inngest {
  const silent = () => {};
  return new Inngest({
    id: "app",
    isDev: false,
    baseUrl: runnerUrl,
    ...keys,
    ...options,
    logger: { info: silent, warn: silent, error: silent, debug: silent },
  });
}

export type TestApp = { url: string; serveUrl: string; stop: () => Promise<void>; requests: () => number };

/** The app's side: the SDK's own handler behind a plain HTTP server. */
export async function startApp(
  client: Inngest,
  functions: InngestFunction.Any[],
  options: {
    port?: number;
    intercept?: (req: http.IncomingMessage, res: http.ServerResponse) => boolean;
  } = {},
): Promise<TestApp> {
  const handler = serve({ client, functions, enableUnauthedSync: false });
  let requests = 0;
  const server = http.createServer((req, res) => {
    requests += 1;
    if (options.intercept?.(req, res)) return;
    handler(req, res);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    serveUrl: `${url}/api/inngest`,
    requests: () => requests,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

export async function freePort(): Promise<number> {
  for (;;) {
    // Below the ports that the system hands out by itself: none of those may take it in between.
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = http.createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
