import { OauthError } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import { errorFields, log } from "@/lib/log";
import { ServiceError, type ServiceErrorCode } from "@/services/service-error";
import { pauseWords } from "./pause-words";

/** Runs a call to HubSpot for a person: what HubSpot says becomes a failure with words. */
export async function forPerson<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("hubspot/call-failed", errorFields(error));
    const { code, ...details } = failureOf(error);
    const reference = error.correlationId;
    throw new ServiceError(
      code,
      error.message,
      { ...details, ...(reference ? { reference } : {}) },
      { cause: error },
    );
  }
}

type Telling = { code: ServiceErrorCode; reason?: string; values?: Record<string, string | number> };

/** The texts are under `errors`; without a reason, the code's. */
function failureOf(error: RemoteError): Telling {
  switch (error.kind) {
    case "unauthorized":
      return endedFor(error);
    case "transient":
    case "rate_limited":
      return { code: "hubspot_unavailable", ...passing(error) };
    case "forbidden":
      return { code: "hubspot_refused", ...forbidden(error) };
    case "call_refused":
      return { code: "hubspot_refused", reason: "hubspot_call_refused" };
    case "conflict":
      return { code: "already_exists" };
    case "not_found":
      return { code: "not_found", reason: "hubspot_gone" };
    case "rejected":
      return { code: "hubspot_refused", ...inHubspotsWords(error) };
  }
}

const reasonsOfEnd: Record<string, string> = {
  account_gone: "hubspot_account_gone",
  uninstalled: "hubspot_uninstalled",
  missing_scopes: "hubspot_scope_missing",
};

/** The token service, or what is known of the connection, says that it has ended; HubSpot's API alone ends none. */
function endedFor(error: RemoteError): Telling {
  if (error.status !== undefined && !(error instanceof OauthError))
    return { code: "hubspot_refused", reason: "hubspot_token_refused" };
  const why = error instanceof OauthError ? error.fault : error.category;
  const reason = reasonsOfEnd[why ?? ""];
  return { code: "connection_broken", ...(reason ? { reason } : {}) };
}

/** Where HubSpot was not asked, or said that it failed, the code's own text is right. */
function passing({ kind, pause, status, retryAfterMs }: RemoteError): Pick<Telling, "reason" | "values"> {
  if (pause) return { reason: pauseWords[pause.reason].reason, values: timeUntil(pause.ms) };
  if (kind === "rate_limited") return { reason: "hubspot_limit", values: timeUntil(retryAfterMs ?? 0) };
  return status === undefined && retryAfterMs === undefined ? { reason: "hubspot_no_answer" } : {};
}

function forbidden(error: RemoteError): Pick<Telling, "reason" | "values"> {
  if (error instanceof OauthError) {
    if (error.fault === "misconfigured") return { reason: "hubspot_app_refused" };
    if (error.fault === "token_refused") return { reason: "hubspot_token_refused" };
    return { reason: "hubspot_word_unknown", values: { code: error.category ?? "?" } };
  }
  if (!isTurnedAway(error)) return { reason: "hubspot_scope_missing" };
  return { reason: "hubspot_turned_away", ...inHubspotsWords(error) };
}

function inHubspotsWords({ fields, said }: RemoteError): Pick<Telling, "reason" | "values"> {
  const message = fields?.find((field) => field.message)?.message ?? said;
  return message ? { reason: "hubspot_said", values: { message } } : {};
}

/** Whole hours, none for less than two; else minutes, none for less than one. */
function timeUntil(ms: number): { hours: number; minutes: number } {
  const minutes = ms < 60_000 ? 0 : Math.ceil(ms / 60_000);
  return { hours: minutes < 120 ? 0 : Math.ceil(minutes / 60), minutes };
}
