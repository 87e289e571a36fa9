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

export interface Rendered {
  status: number;
  headers: Record<string, string>;
  content: string | undefined;
}

/** The reply as it goes over the wire. */
export function render(reply: Reply): Rendered {
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
  return { status: reply.status, headers, content };
}
