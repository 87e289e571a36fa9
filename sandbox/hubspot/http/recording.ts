import { createHash } from "node:crypto";
import { mkdirSync, openSync, writeSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { shapeOf, shapeOfUrl } from "./exchange-shape";
import type { Incoming } from "./incoming";
import { type Reply, render } from "./reply";

/**
 * What was asked and answered, as lines of JSON in a folder, for whoever wants to hold both against HubSpot's own
 * description afterwards. The first exchange of each shape is kept whole and a repetition as its shape alone, so
 * that hours of traffic stay small.
 */
export interface Recording {
  keep(request: Incoming, body: Uint8Array, reply: Reply | "drop"): void;
}

/** A process whose file is this long keeps no more examples, and says of each that it did not. */
const MOST_BYTES = 8 << 20;

const open = new Map<string, Recording>();

/** One file per process, whatever number of sandboxes it has. */
export function recordingIn(folder: string): Recording {
  const known = open.get(folder);
  if (known) return known;
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, `${process.pid}-${threadId}.jsonl`), "a");
  const seen = new Set<string>();
  let written = 0;
  const write = (line: unknown) => {
    written += writeSync(file, `${JSON.stringify(line)}\n`);
  };
  const recording: Recording = {
    keep(request, body, reply) {
      const exchange = describe(request, body, reply);
      const shape = nameOfShape(exchange);
      if (seen.has(shape)) return write({ shape });
      seen.add(shape);
      write(written < MOST_BYTES ? { shape, exchange } : { shape, leftOut: true });
    },
  };
  open.set(folder, recording);
  return recording;
}

/** Reads the request to its end and gives it back unread. */
export async function readAhead(request: Incoming): Promise<{ request: Incoming; body: Uint8Array }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { method, url, headers } = request;
  return {
    body,
    request: {
      method,
      url,
      headers,
      async *[Symbol.asyncIterator]() {
        if (body.length) yield body;
      },
    },
  };
}

type Exchange = ReturnType<typeof describe>;

function describe(request: Incoming, body: Uint8Array, reply: Reply | "drop") {
  const { method = "GET", url = "/", headers } = request;
  const answer = reply === "drop" ? null : render(reply);
  return {
    method,
    url,
    request: {
      agent: headers["user-agent"] ?? "",
      accept: headers.accept ?? "",
      contentType: contentType(headers),
      // Which kind of credentials, never the credentials.
      authorization: headers.authorization?.split(" ")[0]?.toLowerCase() ?? "",
      body: parsed(Buffer.from(body).toString("utf8"), contentType(headers)),
    },
    answer: answer && {
      status: answer.status,
      contentType: answer.headers["content-type"] ?? "",
      body: parsed(answer.content ?? "", answer.headers["content-type"] ?? ""),
    },
  };
}

function contentType(headers: IncomingHttpHeaders): string {
  return headers["content-type"] ?? "";
}

/** Text that is not what its type says stays text, and no description fits it. */
function parsed(text: string, type: string): unknown {
  if (text === "") return null;
  if (type.includes("x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function nameOfShape({ method, url, request, answer }: Exchange): string {
  const { body, ...headers } = request;
  const shape = [
    method,
    shapeOfUrl(url),
    Object.values(headers),
    shapeOf(body),
    answer && [answer.status, answer.contentType, shapeOf(answer.body)],
  ];
  return createHash("sha256").update(JSON.stringify(shape)).digest("base64url").slice(0, 10);
}
