import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { saveCheckpoint } from "./checkpoint";
import { isDatabaseAway } from "./database";
import { ingestEvents } from "./ingest-events";
import { reasonOf } from "./log";
import { readMemo } from "./memo";
import { Checkpoint, IncomingEvents } from "./protocol";
import type { Runner } from "./runner";
import { bearer, sameText } from "./signature";

const LARGEST_BODY = 32 * 1024 * 1024;

export type RunnerKeys = { signingKey: string; eventKey: string };
type Answer = { status: number; body: unknown };
type Call = { request: http.IncomingMessage; id: string; body: () => Promise<unknown> };
type Endpoint = {
  method: string;
  path: RegExp;
  isAllowed: (call: Call) => boolean;
  handle: (call: Call) => Promise<Answer>;
};

/** What the SDK calls. Loopback only, and every endpoint but the health check asks for a key. */
export async function startServer(runner: Runner, keys: RunnerKeys, port: number) {
  const endpoints = createEndpoints(runner, keys);
  const server = http.createServer((request, response) => {
    answer(endpoints, request)
      .catch((error: unknown) => errorAnswer(runner, error))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json", "x-inngest-server-kind": "cloud" });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function createEndpoints(runner: Runner, keys: RunnerKeys): Endpoint[] {
  const expected = bearer(keys.signingKey);
  const hasSigningKey = ({ request }: Call) => sameText(request.headers.authorization ?? "", expected);
  return [
    {
      method: "POST",
      path: /^\/e\/([^/]+)$/,
      isAllowed: ({ id }) => sameText(id, keys.eventKey),
      handle: async ({ request, body }) => {
        const events = IncomingEvents.parse(await body());
        const seed = z.string().optional().parse(request.headers["x-inngest-event-id-seed"]);
        return { status: 200, body: { ids: await ingestEvents(runner, events, seed), status: 200 } };
      },
    },
    {
      method: "POST",
      path: /^\/v1\/checkpoint\/([^/]+)\/async$/,
      isAllowed: hasSigningKey,
      handle: async ({ id, body }) => {
        const outcome = await saveCheckpoint(runner, id, Checkpoint.parse(await body()));
        return { status: { saved: 200, stale: 409, refused: 400 }[outcome], body: {} };
      },
    },
    {
      method: "GET",
      path: /^\/v0\/runs\/([^/]+)\/actions$/,
      isAllowed: hasSigningKey,
      handle: async ({ id }) => ({ status: 200, body: (await readMemo(runner.db, id)).steps }),
    },
    {
      method: "GET",
      path: /^\/v0\/runs\/([^/]+)\/batch$/,
      isAllowed: hasSigningKey,
      handle: async ({ id }) => {
        const rows = await runner.db<{ event: unknown }[]>`select event from runner_runs where id = ${id}`;
        return { status: 200, body: rows.map((row) => row.event) };
      },
    },
    {
      method: "GET",
      path: /^\/health()$/,
      isAllowed: () => true,
      handle: async () => {
        await runner.db`select 1`;
        return { status: 200, body: { status: "ok", synced: runner.functions.known() } };
      },
    },
  ];
}

async function answer(endpoints: Endpoint[], request: http.IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", "http://runner");
  for (const endpoint of endpoints) {
    const match = pathname.match(endpoint.path);
    if (!match || request.method !== endpoint.method) continue;
    const call: Call = { request, id: decodeURIComponent(match[1] ?? ""), body: () => readJson(request) };
    if (!endpoint.isAllowed(call)) return problem(401, "The key is missing or wrong");
    return endpoint.handle(call);
  }
  return problem(404, `The embedded runner does not support ${request.method} ${pathname}`);
}

class BodyError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function readJson(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new BodyError(413, `The body is larger than ${LARGEST_BODY} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new BodyError(400, "The body is not JSON");
  }
}

function errorAnswer(runner: Runner, error: unknown): Answer {
  if (error instanceof BodyError) return problem(error.status, error.message);
  if (error instanceof z.ZodError) return problem(400, z.prettifyError(error));
  const isAway = isDatabaseAway(error);
  if (!isAway) runner.log.error("a request failed", { reason: reasonOf(error) });
  return isAway ? problem(503, "The database is away") : problem(500, "The request failed");
}

function problem(status: number, error: string): Answer {
  return { status, body: { error, status } };
}
