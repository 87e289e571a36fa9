import { type Call, exchange } from "@/sandbox/hubspot/http/exchange";
import type { Rendered } from "@/sandbox/hubspot/http/reply";
import type { Sandbox } from "@/sandbox/hubspot/sandbox";
import { clock } from "./clock";
import { currentProcess, type Process, refuseDead } from "./process";

/** What happens to a call on its way: nothing, or one of these. */
export type Trouble =
  /** The connection breaks before HubSpot has seen the call, or after it did what was asked. */
  | { kind: "lost"; applied: boolean }
  | { kind: "refused"; status: number; headers: Record<string, string>; body: string }
  /** HubSpot did what was asked, and a gateway answers in its place. */
  | { kind: "garbled"; status: number; body: string };

export type Network = {
  /** The account on the other end. */
  sandbox: () => Sandbox;
  /** A transaction that waits for a remote answer holds its locks. */
  insideTransaction: (call: string) => void;
  troubleFor: (process: Process, call: string) => Trouble | null;
  /** Called once the account has done what a call asked, before anybody else acts. */
  applied: (process: Process, call: Call, reply: Rendered) => void;
};

const realFetch = globalThis.fetch;
let network: Network | null = null;

/** Puts the simulated network in the place of `fetch`; every call is a point before and after it is applied. */
export function putNetwork(next: Network | null): void {
  network = next;
  globalThis.fetch = next ? simulatedFetch : realFetch;
}

const simulatedFetch: typeof fetch = async (input, init) => {
  const process = currentProcess();
  if (!process || !network) return realFetch(input, init);
  const { pathname, search } = new URL(String(input));
  const call: Call = {
    method: init?.method ?? "GET",
    url: pathname + search,
    headers: headersOf(init),
    body: init?.body === undefined || init.body === null ? undefined : String(init.body),
  };
  const { insideTransaction, troubleFor, sandbox, applied } = network;
  return process.gate.run(async () => {
    const name = nameOf(call.method, pathname);
    if (process.inTransaction) insideTransaction(name);
    refuseDead(process);
    await process.at?.({ name, kind: "call", inTransaction: false, asks: call.body });
    const trouble = troubleFor(process, name);
    clock.pass(7);
    if (trouble?.kind === "lost" && !trouble.applied) throw new TypeError("fetch failed");
    if (trouble?.kind === "refused") return answer(trouble.status, trouble.headers, trouble.body);
    const reply = await exchange(sandbox(), call);
    if (reply === "drop") throw new TypeError("fetch failed");
    applied(process, call, reply);
    clock.pass(6);
    await process.at?.({ name: `${name}:applied`, kind: "call", inTransaction: false });
    if (trouble?.kind === "lost") throw new TypeError("fetch failed");
    if (trouble) return answer(trouble.status, {}, trouble.body);
    return answer(reply.status, reply.headers, reply.content);
  });
};

function answer(status: number, headers: Record<string, string>, content: string | undefined): Response {
  return new Response(status === 204 ? null : (content ?? ""), { status, headers });
}

/** `call:POST /contacts/batch/update`: without ids, so that points of one kind have one name. */
function nameOf(method: string, path: string): string {
  const short = path.replace(/^\/crm\/\w+\/2026-03/, "").replace(/\/\d+(?=\/|$)/g, "/:id");
  return `call:${method} ${short || "/"}`;
}

function headersOf(init: RequestInit | undefined): Record<string, string> {
  const given = Object.fromEntries(new Headers(init?.headers));
  return init?.body instanceof URLSearchParams
    ? { ...given, "content-type": "application/x-www-form-urlencoded" }
    : given;
}
