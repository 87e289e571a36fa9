import { z } from "zod";
import { retryAfterMs } from "@/lib/retry-after";
import { storableText } from "@/lib/storable-text";
import { msUntilMidnight, sinceMidnight } from "./day-end";
import { type AskedPause, type RefusedField, RemoteError, type RemoteErrorKind } from "./remote-error";

/** What is told goes into the database, where it is shown from. */
const told = z.string().transform(storableText);
const text = told.optional().catch(undefined);
const words = z.union([z.array(told), told.transform((one) => [one])]);
const Context = z.record(z.string(), words.catch([])).nullish().catch(undefined);
const ErrorItem = z.object({ message: text, code: text, context: Context });

/**
 * HubSpot's error envelope, also as an item of a batch answer; its guide calls every field optional. One that has
 * another shape is left out, and the others still say what is wrong.
 */
export const ErrorBody = z.object({
  message: text,
  category: text,
  errorType: text,
  policyName: text,
  correlationId: text,
  errors: z.array(ErrorItem.catch({})).nullish().catch(undefined),
  context: Context,
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export const CORRELATION_ID = "x-hubspot-correlation-id";

/** `call` names the request without anything a person typed, e.g. `POST /crm/objects/2026-03/contacts/search`. */
export function errorFromResponse(
  call: string,
  status: number,
  headers: Headers,
  text: string,
  { now = Date.now(), timeZone }: { now?: number; timeZone?: string | undefined } = {},
): RemoteError {
  const body = parseBody(text);
  const category = body.category ?? body.errorType;
  const kind = kindOf(status, category);
  const asked = askedFor(headers, now);
  const pause = askedPause(kind, status, asked, body, () => untilDayEnds(timeZone, now));
  return new RemoteError(kind, `${call}: ${status} ${category ?? ""}`.trim(), {
    status,
    correlationId: body.correlationId ?? headers.get(CORRELATION_ID) ?? undefined,
    category,
    retryAfterMs: pause?.ms ?? asked,
    pause,
    ...facts(body),
  });
}

/** One input's fault inside an answer with status 207; `correlationId` is the whole answer's. */
export function errorFromBatchItem(call: string, item: ErrorBody, correlationId?: string): RemoteError {
  const kind = kindOfCategory(item.category) ?? "rejected";
  return new RemoteError(kind, `${call}: ${item.category ?? "refused"}`, {
    category: item.category,
    correlationId: item.correlationId ?? correlationId,
    ...facts(item),
  });
}

function parseBody(text: string): ErrorBody {
  try {
    const parsed = ErrorBody.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    // Gateways answer in HTML; the status says enough.
    return {};
  }
}

function kindOf(status: number, category: string | undefined): RemoteErrorKind {
  if (status === 429) return "rate_limited";
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 409) return "conflict";
  if (status === 408 || status === 423 || status === 477 || status >= 500 || status < 400) return "transient";
  return kindOfCategory(category) ?? (aboutTheCall.includes(status) ? "call_refused" : "rejected");
}

/** The method, the address or version, a missing length, the type of the body, or the protocol. */
const aboutTheCall = [405, 410, 411, 415, 426];

function kindOfCategory(category: string | undefined): RemoteErrorKind | undefined {
  switch (category) {
    case "CONFLICT":
    case "OBJECT_ALREADY_EXISTS":
      return "conflict";
    case "OBJECT_NOT_FOUND":
      return "not_found";
    case "RATE_LIMITS":
    case "RATE_LIMIT":
      return "rate_limited";
    case "MISSING_SCOPES":
      return "forbidden";
    case "INTERNAL_ERROR":
      return "transient";
    default:
      return undefined;
  }
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** For clocks that do not agree. */
const CLOCK_MARGIN = 10 * SECOND;
/** While an account moves to another data centre. */
const MOVE_PAUSE = 60 * SECOND;
/** The gateway before HubSpot cannot connect to it (522), or does not trust it (525, 526): no matter of one call. */
const unreachable = [522, 525, 526];
const UNREACHABLE_PAUSE = 15 * SECOND;
/** HubSpot names up to a day; a clock that is wrong may name any date. */
const LONGEST_WAIT = 24 * HOUR;

function askedPause(
  kind: RemoteErrorKind,
  status: number,
  asked: number | undefined,
  body: ErrorBody,
  restOfDay: () => number,
): AskedPause | undefined {
  if (status === 423) return { ms: Math.max(asked ?? 0, 2 * SECOND), reason: "locked" };
  if (status === 477) return { ms: asked ?? MOVE_PAUSE, reason: "moving" };
  if (unreachable.includes(status)) return { ms: asked ?? UNREACHABLE_PAUSE, reason: "unreachable" };
  if (kind !== "rate_limited") return undefined;
  const policy = body.policyName ?? body.message ?? "";
  if (/DAILY|daily/.test(policy)) return { ms: asked ?? restOfDay(), reason: "day" };
  if (/TEN_SECONDLY|ten_secondly/.test(policy)) return { ms: asked ?? 10 * SECOND, reason: "ten_seconds" };
  if (/SECONDLY|secondly/.test(policy)) return { ms: asked ?? SECOND, reason: "second" };
  return { ms: asked ?? 10 * SECOND, reason: "unnamed" };
}

/** So long after midnight HubSpot may still count the day before. */
const DAY_LAG = 2 * HOUR;

/**
 * A day's limit ends at midnight in the account's own time zone. While that is not known, and just after such a
 * midnight, it is asked once an hour, as soon as midnight may have come somewhere.
 */
function untilDayEnds(timeZone: string | undefined, now: number): number {
  const untilNextHour = HOUR - (now % HOUR) + CLOCK_MARGIN;
  if (!timeZone || sinceMidnight(timeZone, now) < DAY_LAG) return untilNextHour;
  return msUntilMidnight(timeZone, now) + CLOCK_MARGIN;
}

function askedFor(headers: Headers, now: number): number | undefined {
  const ms = retryAfterMs(headers.get("retry-after"), now);
  return ms === undefined ? undefined : Math.min(Math.max(ms, 100), LONGEST_WAIT);
}

function facts(body: ErrorBody): {
  fields?: RefusedField[];
  said?: string;
  existingId?: string;
  requiredScopes?: string[];
} {
  const fields = refusedFields(body);
  const said = sentenceOf(body);
  const requiredScopes = (body.errors ?? []).flatMap(({ context }) => context?.requiredGranularScopes ?? []);
  const existingId = /Existing ID:\s*(\d+)/i.exec(body.message ?? "")?.[1];
  return {
    ...(fields.length ? { fields } : {}),
    ...(said ? { said } : {}),
    ...(existingId ? { existingId } : {}),
    ...(requiredScopes.length ? { requiredScopes } : {}),
  };
}

const LONGEST_SENTENCE = 300;

function sentenceOf({ message, errors }: ErrorBody): string | undefined {
  const sentences = [message, ...(errors ?? []).map((item) => item.message)];
  const sentence = (sentences.find((one) => one?.trim()) ?? "").trim();
  if (sentence.length <= LONGEST_SENTENCE) return sentence || undefined;
  // No half of a character is left at the cut.
  return `${sentence.slice(0, LONGEST_SENTENCE).replace(/[\ud800-\udbff]$/, "")}…`;
}

function refusedFields(body: ErrorBody): RefusedField[] {
  const named = (body.errors ?? []).flatMap(({ message, code, context }) => {
    const properties = context?.propertyName ?? [];
    const said = message || body.message || code || "INVALID";
    return properties.map((property) => ({ property, code: code ?? "INVALID", message: said }));
  });
  return named.length ? named : embeddedFields(body.message ?? "");
}

const Embedded = z.array(z.object({ name: told, error: told.optional(), message: told.optional() }));

// The older form: a JSON list inside the sentence.
function embeddedFields(message: string): RefusedField[] {
  const list = /\[\{.*\}\]/s.exec(message)?.[0];
  if (!list) return [];
  try {
    const parsed = Embedded.safeParse(JSON.parse(list));
    if (!parsed.success) return [];
    return parsed.data.map(({ name, error, message }) => ({
      property: name,
      code: error ?? "INVALID",
      message: message || error || "INVALID",
    }));
  } catch {
    return [];
  }
}
