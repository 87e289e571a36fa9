import { OauthError } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import { errorFields, log } from "@/lib/log";
import { ServiceError } from "@/services/service-error";

/** Runs a call to HubSpot for a person: what HubSpot says becomes a failure with words. */
export async function forPerson<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("hubspot/call-failed", errorFields(error));
    throw toServiceError(error);
  }
}

function toServiceError(error: RemoteError): ServiceError {
  const cause = { cause: error };
  switch (error.kind) {
    case "unauthorized":
      return new ServiceError("connection_broken", error.message, {}, cause);
    case "transient":
    case "rate_limited":
      return new ServiceError("hubspot_unavailable", error.message, {}, cause);
    case "forbidden": {
      if (isTurnedAway(error))
        return new ServiceError("hubspot_refused", error.message, inHubspotsWords(error), cause);
      const reason = error instanceof OauthError ? "hubspot_app_refused" : "hubspot_scope_missing";
      return new ServiceError("hubspot_refused", error.message, { reason }, cause);
    }
    case "conflict":
      return new ServiceError("already_exists", error.message, {}, cause);
    case "not_found":
      return new ServiceError("not_found", error.message, {}, cause);
    case "rejected":
      return new ServiceError("hubspot_refused", error.message, inHubspotsWords(error), cause);
  }
}

function inHubspotsWords({ fields, said }: RemoteError): ServiceError["details"] {
  const message = fields?.find((field) => field.message)?.message ?? said;
  return message ? { reason: "hubspot_said", values: { message } } : {};
}
