import { OauthError } from "./oauth-error";
import { type RefusedField, RemoteError } from "./remote-error";

/**
 * Who says no with a 403, and why. permission: HubSpot, for want of one. reason: HubSpot, for another reason that it has a
 * word for. gateway: what stands before HubSpot, in HTML as a rule.
 */
type Denial = "permission" | "reason" | "gateway";

/** HubSpot gives its own refusals a category. What its token service says is no denial of a call. */
function denialOf(error: unknown): Denial | undefined {
  if (!(error instanceof RemoteError)) return undefined;
  if (error.category === "MISSING_SCOPES") return "permission";
  if (error.kind !== "forbidden" || error instanceof OauthError) return undefined;
  return error.category === undefined ? "gateway" : "reason";
}

/** A permission is wanting: the account's matter, or a property's. */
export function isScopesMissing(error: unknown): boolean {
  return denialOf(error) === "permission";
}

/** HubSpot itself will not do what was asked, whoever asks it again. */
export function isDenied(error: unknown): error is RemoteError {
  const denial = denialOf(error);
  return denial === "permission" || denial === "reason";
}

/** A gateway before HubSpot: it takes the text of one record for an attack, or lets in nothing of the account. */
export function isGatewaysNo(error: unknown): boolean {
  return denialOf(error) === "gateway";
}

/** A 403 that names no permission, whoever's it is: it may be one record's matter, or the whole account's. */
export function isTurnedAway(error: unknown): boolean {
  const denial = denialOf(error);
  return denial === "gateway" || denial === "reason";
}

const aboutDefinitions = ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "INVALID_OPTION"];

/** The property is not in HubSpot as we know it. */
export function isAboutDefinition({ code }: RefusedField): boolean {
  return aboutDefinitions.includes(code);
}
