import type { Sandbox } from "../sandbox";
import { answer } from "./answer";
import type { Incoming } from "./incoming";
import { type Rendered, render } from "./reply";

export interface Call {
  method: string;
  /** Path and query. */
  url: string;
  headers?: Record<string, string>;
  body?: string | undefined;
}

/** One call without a socket, for programs that keep an account in their own process. */
export async function exchange(sandbox: Sandbox, call: Call): Promise<Rendered | "drop"> {
  const reply = await answer(sandbox, incoming(call));
  sandbox.store.flush();
  return reply === "drop" ? reply : render(reply);
}

function incoming({ method, url, headers, body }: Call): Incoming {
  return {
    method,
    url,
    // Names arrive in small letters, and the guards ask which machine was meant.
    headers: { host: "localhost", ...lowered(headers ?? {}) },
    async *[Symbol.asyncIterator]() {
      if (body) yield Buffer.from(body);
    },
  };
}

function lowered(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
