import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { answerControl } from "../control/answer-control";
import { authorizeRoutes } from "../oauth/authorize-routes";
import { tokenRoutes } from "../oauth/token-routes";
import { pageReply } from "../page/page-reply";
import type { Sandbox } from "../sandbox";
import { answerApi, scopesOf } from "./answer-api";
import { answerApp, matchApp } from "./answer-app";
import { ApiError } from "./api-error";
import { faultReply } from "./fault-reply";
import type { Incoming } from "./incoming";
import { readBody } from "./read-body";
import { readAhead } from "./recording";
import type { Reply } from "./reply";
import { createRouter } from "./router";
import { refuseOtherOrigins } from "./same-origin";

/** What the sandbox says to a request, wherever it came from; `drop` breaks the connection off. */
export async function answer(sandbox: Sandbox, request: Incoming): Promise<Reply | "drop"> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const method = request.method ?? "GET";
  if (url.pathname.startsWith("/sandbox/api/"))
    return guarded(request, () => answerControl(sandbox, request, url));
  const page = method === "GET" ? pageReply(url.pathname) : null;
  if (page) return guarded(request, async () => page);
  if (!sandbox.recording) return answerCall(sandbox, request, url);
  const ahead = await readAhead(request);
  const reply = await answerCall(sandbox, ahead.request, url);
  sandbox.recording.keep(request, ahead.body, reply);
  return reply;
}

async function answerCall(sandbox: Sandbox, request: Incoming, url: URL): Promise<Reply | "drop"> {
  const method = request.method ?? "GET";
  if (sandbox.faults.latencyMs > 0) await wait(sandbox.faults.latencyMs);
  const fault = sandbox.faults.take(`${method} ${url.pathname}`);
  const applied = fault && !fault.applied ? null : await answerRemote(sandbox, request, url);
  if (fault?.kind === "drop") return "drop";
  const { operation, ...reply } =
    applied && (!fault || fault.kind === "in-part")
      ? { ...applied, ...(fault ? partOf(applied) : {}) }
      : {
          ...faultReply(fault?.kind === "status" ? fault : {}, {
            pathname: url.pathname,
            scopes: scopesOf(method, url.pathname),
            now: sandbox.now(),
          }),
          operation: "fault",
        };
  sandbox.counters.count(operation, reply.status);
  // To the second, as HTTP writes it, by the account's own clock.
  const date = new Date(sandbox.now()).toUTCString();
  return { ...reply, headers: { date, ...reply.headers } };
}

const Batch = z.looseObject({ status: z.literal("COMPLETE"), results: z.array(z.unknown()).min(1) });
const matchAuthorize = createRouter(authorizeRoutes);
const matchToken = createRouter(tokenRoutes);

async function answerRemote(
  sandbox: Sandbox,
  request: Incoming,
  url: URL,
): Promise<Reply & { operation: string }> {
  const method = request.method ?? "GET";
  const token = matchToken(method, url.pathname);
  if (token.kind === "found") {
    const form = new URLSearchParams(await readBody(request));
    return { ...token.route.handle({ sandbox, form }), operation: `${method} ${token.route.pattern}` };
  }
  const app = matchApp(method, url.pathname);
  if (app.kind === "found")
    return {
      ...(await answerApp(sandbox, request, url, app)),
      operation: `${method} ${app.route.pattern}`,
    };
  const authorize = matchAuthorize(method, url.pathname);
  if (authorize.kind !== "found") return answerApi(sandbox, request, url);
  const { handle, pattern } = authorize.route;
  const reply = await guarded(request, async () => {
    const input = method === "POST" ? new URLSearchParams(await readBody(request)) : url.searchParams;
    return handle({ sandbox, params: authorize.params, input });
  });
  return { ...reply, operation: `${method} ${pattern}` };
}

async function guarded(request: Incoming, run: () => Promise<Reply>): Promise<Reply> {
  try {
    refuseOtherOrigins(request);
    return await run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: error.body() };
  }
}

/** A batch is answered without its last result. */
function partOf({ status, body }: Reply): Pick<Reply, "status" | "body"> {
  const batch = Batch.safeParse(body);
  if (!batch.success) return { status, body };
  const results = batch.data.results.slice(0, -1);
  const error = new ApiError(500, "INTERNAL_ERROR", "A fault made on purpose").batchItem({});
  return { status: 207, body: { ...batch.data, results, numErrors: 1, errors: [error] } };
}
