import { z } from "zod";
import { type RefusedField, RemoteError, type RemoteErrorKind } from "./remote-error";

/** HubSpot's error envelope, also as an item of a batch answer; its guide calls every field optional. */
export const ErrorBody = z.object({
  message: z.string().optional(),
  category: z.string().optional(),
  errorType: z.string().optional(),
  policyName: z.string().optional(),
  correlationId: z.string().optional(),
  errors: z
    .array(
      z.object({
        message: z.string().optional(),
        code: z.string().nullish(),
        context: z.record(z.string(), z.array(z.string())).nullish(),
      }),
    )
    .nullish(),
  context: z.record(z.string(), z.array(z.string())).nullish(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** `call` names the request without anything a person typed, e.g. `POST /crm/objects/2026-03/contacts/search`. */
export function errorFromResponse(call: string, status: number, headers: Headers, text: string): RemoteError {
  const body = parseBody(text);
  const category = body.category ?? body.errorType;
  return new RemoteError(kindOf(status, category), `${call}: ${status} ${category ?? ""}`.trim(), {
    correlationId: body.correlationId ?? headers.get("x-hubspot-correlation-id") ?? undefined,
    category,
    retryAfterMs: retryAfterMs(status, headers, body),
    ...facts(body),
  });
}

/** One input's fault inside an answer with status 207. */
export function errorFromBatchItem(call: string, item: ErrorBody): RemoteError {
  const kind = kindOfCategory(item.category) ?? "rejected";
  return new RemoteError(kind, `${call}: ${item.category ?? "refused"}`, {
    category: item.category,
    correlationId: item.correlationId,
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
  return kindOfCategory(category) ?? "rejected";
}

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
/** A day's limit ends at midnight in the account's own time zone: ask again now and then. */
const DAILY_PAUSE = 15 * 60 * SECOND;

function retryAfterMs(status: number, headers: Headers, body: ErrorBody): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.max(seconds * SECOND, 100);
  if (status === 423) return 2 * SECOND;
  if (status !== 429) return undefined;
  const policy = `${body.policyName ?? ""} ${body.message ?? ""}`;
  if (/DAILY|daily/.test(policy)) return DAILY_PAUSE;
  if (/TEN_SECONDLY|ten_secondly/.test(policy)) return 10 * SECOND;
  return /SECONDLY|secondly/.test(policy) ? SECOND : 10 * SECOND;
}

function facts(body: ErrorBody): { fields?: RefusedField[]; existingId?: string } {
  const fields = refusedFields(body);
  const existingId = /Existing ID:\s*(\d+)/i.exec(body.message ?? "")?.[1];
  return { ...(fields.length ? { fields } : {}), ...(existingId ? { existingId } : {}) };
}

function refusedFields(body: ErrorBody): RefusedField[] {
  const named = (body.errors ?? []).flatMap(({ message, code, context }) => {
    const property = context?.propertyName?.[0];
    return property ? [{ property, code: code ?? "INVALID", message: message ?? "" }] : [];
  });
  return named.length ? named : embeddedFields(body.message ?? "");
}

const Embedded = z.array(
  z.object({ name: z.string(), error: z.string().optional(), message: z.string().optional() }),
);

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
      message: message ?? "",
    }));
  } catch {
    return [];
  }
}
