import { OauthError } from "./oauth-error";
import { type RefusedField, RemoteError } from "./remote-error";

/** A permission is wanting: the account's matter, or a property's. */
export function isScopesMissing(error: unknown): boolean {
  return error instanceof RemoteError && error.category === "MISSING_SCOPES";
}

/**
 * A 403 that names no permission. It may be the account that is not let in; as a rule it is a gateway before HubSpot
 * that takes the text of one record for an attack.
 */
export function isTurnedAway(error: unknown): boolean {
  if (error instanceof OauthError || isScopesMissing(error)) return false;
  return error instanceof RemoteError && error.kind === "forbidden";
}

const aboutDefinitions = ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "INVALID_OPTION"];

/** The property is not in HubSpot as we know it. */
export function isAboutDefinition({ code }: RefusedField): boolean {
  return aboutDefinitions.includes(code);
}
