import type { CallKind, Lane } from "@/db/schema/rates";
import { readLimit } from "./limit-report";
import { LONGEST_TOKEN_CALL_MS, LONGEST_TOKEN_WAIT_MS } from "./oauth";
import { LONGEST_CALL_MS, LONGEST_WAIT_MS, type RateBudget } from "./rate-budget";
import { errorFromResponse } from "./read-error";
import { RemoteError } from "./remote-error";
import { isScopesMissing } from "./said-no";
import { openTimeLimit, type TimeLimit } from "./time-limit";
import type { Timer } from "./timer";

/** `hold`: for what may no longer be sent by the time its token and its turn have come. */
export type HubspotRequest = {
  method: string;
  url: string;
  body?: string | undefined;
  hold?: Hold | undefined;
};
/** Asked right before a call goes out: throws where nothing more may be sent. What was sent before is then told by nobody. */
export type Hold = () => Promise<void>;
export type HubspotAnswer = { status: number; headers: Record<string, string>; body: Buffer };

/** Sends one call with the account's token; only answers of success come back, the rest is thrown. */
export type Transport = (request: HubspotRequest) => Promise<HubspotAnswer>;

export type TransportOptions = {
  accessToken: () => Promise<string>;
  /**
   * HubSpot refused this access token. The first time get a new one; `again` says that the new one
   * was refused too, and that the call fails now. By `reference` HubSpot finds its answer.
   */
  onUnauthorized?:
    | ((refused: { accessToken: string; again: boolean; reference: string | undefined }) => Promise<void>)
    | undefined;
  /** HubSpot took the token. */
  onAuthorized?: (() => Promise<void>) | undefined;
  /** A permission is wanting; the call fails all the same. */
  onMissingScopes?: ((error: RemoteError) => Promise<void>) | undefined;
  budget: RateBudget;
  /** The account's, where it is known: a limit of the day ends with the day there. */
  timeZone?: string | undefined;
  /** Live unless told otherwise. */
  lane?: Lane | undefined;
  /** `LONGEST_CALL_MS` at most. */
  timeoutMs?: number | undefined;
  /** What measures the time of a request; this machine's unless given. */
  timer?: Timer | undefined;
};

/**
 * Nothing of a request goes out later, and none is on its way any more. So long takes the slowest that succeeds at
 * once: another process renews the token and dies, it is renewed here, then come its turn and its call. What a second
 * try with a new token takes has to fit in as well.
 */
export const LONGEST_REQUEST_MS =
  LONGEST_TOKEN_WAIT_MS + LONGEST_TOKEN_CALL_MS + LONGEST_WAIT_MS + LONGEST_CALL_MS;

export function openTransport(options: TransportOptions): Transport {
  return async (request) => {
    const limit = openTimeLimit(nameOf(request), LONGEST_REQUEST_MS, options.timer);
    try {
      return await send(options, request, limit);
    } finally {
      limit.close();
    }
  };
}

async function send(options: TransportOptions, request: HubspotRequest, limit: TimeLimit) {
  const first = await attemptAndTell(options, request, limit, false);
  if (first.ok) return first.answer;
  if (first.error.kind !== "unauthorized" || !options.onUnauthorized) throw first.error;
  const second = await attemptAndTell(options, request, limit, true);
  if (second.ok) return second.answer;
  throw second.error;
}

/** Whatever the answer means for the account's connection is told to whoever keeps it, of a second try as of the first. */
async function attemptAndTell(
  options: TransportOptions,
  request: HubspotRequest,
  limit: TimeLimit,
  again: boolean,
): Promise<Attempt> {
  const { onAuthorized, onMissingScopes, onUnauthorized } = options;
  const tried = await attempt(options, request, limit);
  if (tried.ok) {
    // What HubSpot has done is done, whatever time is left.
    await onAuthorized?.();
    return tried;
  }
  const { error, accessToken } = tried;
  if (isScopesMissing(error) && onMissingScopes) await limit.within(onMissingScopes(error));
  if (error.kind === "unauthorized" && onUnauthorized)
    await limit.within(onUnauthorized({ accessToken, again, reference: error.correlationId }));
  return tried;
}

type Attempt = { ok: true; answer: HubspotAnswer } | { ok: false; error: RemoteError; accessToken: string };

async function attempt(
  options: TransportOptions,
  request: HubspotRequest,
  limit: TimeLimit,
): Promise<Attempt> {
  const kind: CallKind = new URL(request.url).pathname.endsWith("/contacts/search") ? "search" : "general";
  const accessToken = await limit.within(options.accessToken());
  const turn = options.budget.take(kind, options.lane ?? "live");
  // A turn that comes too late is nobody's.
  const release = await limit.within(turn, (late) => late());
  let report: ReturnType<typeof readLimit> = null;
  try {
    const timeoutMs = Math.min(options.timeoutMs ?? LONGEST_CALL_MS, LONGEST_CALL_MS);
    // Before `hold`, whose time is the call's: a slot is lent for no longer.
    const signal = AbortSignal.any([limit.signal, AbortSignal.timeout(timeoutMs)]);
    if (request.hold) await limit.within(request.hold());
    const { response, body } = await exchange(request, accessToken, signal);
    const { status, headers } = response;
    report = readLimit(headers);
    if (response.ok) return { ok: true, answer: { status, headers: Object.fromEntries(headers), body } };
    const error = errorFromResponse(nameOf(request), status, headers, body.toString("utf8"), {
      timeZone: options.timeZone,
    });
    if (error.pause) await options.budget.pause(kind, error.pause);
    return { ok: false, error, accessToken };
  } finally {
    release(report ?? undefined);
  }
}

// The signal covers the body as well: a call never outlives its time, and its socket is closed with it.
async function exchange(request: HubspotRequest, accessToken: string, signal: AbortSignal) {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${accessToken}`,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: "error",
      cache: "no-store",
      signal,
    });
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  } catch (cause) {
    throw new RemoteError("transient", `${nameOf(request)}: no answer`, {}, { cause });
  }
}

function nameOf(request: HubspotRequest): string {
  return `${request.method} ${new URL(request.url).pathname}`;
}
