import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Reply =
  | { status: number; headers?: Record<string, string>; body?: object | string }
  /** The connection ends in the middle of the answer, or nothing is answered at all. */
  | "cut"
  | "silence";

/** A server that answers every call as it was told. */
export async function startToldServer() {
  let replies: Reply[] = [];
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url?.split("?")[0]}`);
    request.resume();
    const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? "cut";
    if (reply === "silence") return;
    if (reply === "cut") {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{");
      return void setImmediate(() => response.destroy());
    }
    const { status, headers = {}, body = {} } = reply;
    response.writeHead(status, headers);
    if (status === 204) return void response.end();
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** One for each call; the last one for all that follow. */
    tell: (...next: Reply[]) => {
      replies = next;
      calls.length = 0;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
