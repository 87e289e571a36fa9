import type { ServerResponse } from "node:http";

export interface Reply {
  status: number;
  body?: unknown;
  /** Sent as it is, with this content type. */
  text?: { type: string; content: string };
  headers?: Record<string, string>;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export const noContent: Reply = { status: 204 };

export function redirect(location: string): Reply {
  return { status: 302, headers: { location } };
}

export function send(response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string> = { "cache-control": "no-store", ...reply.headers };
  let content: string | undefined;
  if (reply.text) {
    content = reply.text.content;
    headers["content-type"] = reply.text.type;
  } else if (reply.body !== undefined) {
    content = JSON.stringify(reply.body);
    headers["content-type"] = "application/json;charset=utf-8";
  }
  if (content !== undefined) headers["content-length"] = String(Buffer.byteLength(content));
  response.writeHead(reply.status, headers);
  response.end(content);
}
