import http from "node:http";
import https from "node:https";
import canonicalize from "canonicalize";
import { reasonOf } from "./log";
import { isSigned, sign } from "./signature";

/**
 * answer: the SDK spoke, and signed it.
 * absent: nothing began (connection refused, or somebody other than the SDK answered).
 * interrupted: the call was under way when the connection broke; its step may have run.
 */
export type AppReply =
  | { kind: "answer"; status: number; headers: http.IncomingHttpHeaders; body: string }
  | { kind: "absent"; reason: string }
  | { kind: "interrupted"; reason: string };

export type AppClient = {
  callFunction: (
    functionId: string,
    stepId: string,
    body: unknown,
    headers: Record<string, string>,
  ) => Promise<AppReply>;
  pullFunctions: () => Promise<AppReply>;
  close: () => void;
};

export type AppClientOptions = { serveUrl: string; signingKey: string; callTimeoutMs: number };

// Free sockets go before a Node server's 5 s keep-alive ends, so that a call is not sent into a closing one.
const FREE_SOCKET_MS = 3000;
const PULL_TIMEOUT_MS = 60_000;

export function createAppClient({ serveUrl, signingKey, callTimeoutMs }: AppClientOptions): AppClient {
  const secure = serveUrl.startsWith("https:");
  const agentOptions = { keepAlive: true, timeout: FREE_SOCKET_MS };
  const agent = secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions);

  async function exchange(
    method: string,
    url: URL,
    payload: unknown,
    headers: Record<string, string>,
    timeoutMs: number,
  ) {
    const body = canonicalize(payload) ?? "";
    const reply = await request(secure, agent, method, url, body, timeoutMs, {
      "content-type": "application/json",
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": sign(body, signingKey, new Date()),
      ...headers,
    });
    return reply.kind === "answer" ? trusted(reply, signingKey) : reply;
  }

  return {
    callFunction: (functionId, stepId, body, headers) => {
      const url = new URL(serveUrl);
      url.searchParams.set("fnId", functionId);
      url.searchParams.set("stepId", stepId);
      return exchange("POST", url, body, headers, callTimeoutMs);
    },
    pullFunctions: () =>
      exchange(
        "PUT",
        new URL(serveUrl),
        { url: serveUrl },
        { "x-inngest-sync-kind": "in_band" },
        PULL_TIMEOUT_MS,
      ),
    close: () => agent.destroy(),
  };
}

/** A proxy's page, a crashed route or a server with another key must not settle a run. */
function trusted(reply: Extract<AppReply, { kind: "answer" }>, signingKey: string): AppReply {
  if (reply.status === 401) {
    return {
      kind: "absent",
      reason: "the app refused the runner's signature: INNGEST_SIGNING_KEY differs between them",
    };
  }
  const signature = reply.headers["x-inngest-signature"];
  const header = Array.isArray(signature) ? signature[0] : signature;
  if (reply.headers["x-inngest-sdk"] && isSigned(header, reply.body, signingKey, new Date())) return reply;
  return {
    kind: "absent",
    reason: `the answer (status ${reply.status}) was not signed by the app's Inngest SDK`,
  };
}

function request(
  secure: boolean,
  agent: http.Agent,
  method: string,
  url: URL,
  body: string,
  timeoutMs: number,
  headers: Record<string, string>,
): Promise<AppReply> {
  return new Promise((resolve) => {
    let connected = false;
    const broken = (error: unknown) =>
      resolve({ kind: connected ? "interrupted" : "absent", reason: reasonOf(error) });
    const req = (secure ? https : http).request(
      url,
      { method, agent, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
      (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk: Buffer) => chunks.push(chunk));
        res.on("error", broken);
        res.on("end", () => {
          clearTimeout(deadline);
          resolve({
            kind: "answer",
            status: res.statusCode ?? 0,
            headers: res.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
      },
    );
    const deadline = setTimeout(() => req.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    req.on("socket", (socket) => {
      socket.setKeepAlive(true, 30_000);
      if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", () => (connected = true));
      else connected = true;
    });
    req.on("error", broken);
    req.on("close", () => clearTimeout(deadline));
    req.end(body);
  });
}
