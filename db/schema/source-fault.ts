/**
 * Why a way of learning of HubSpot's changes brings nothing. no_answer: HubSpot, or the network before it, gives none
 * that can be used. asked_to_wait, day_used_up: a limit of the account's. locked, moving, unreachable: HubSpot asked for a
 * pause that is for no limit. app_refused: it does not know our app by its credentials, which no account is to blame for.
 * scopes_missing: a permission is wanting. call_refused: it
 * does not serve the call as this version of the app makes it. refused: it said no otherwise. unforeseen: an error of ours.
 */
export type SourceFaultKind =
  | "no_answer"
  | "asked_to_wait"
  | "day_used_up"
  | "locked"
  | "moving"
  | "unreachable"
  | "app_refused"
  | "scopes_missing"
  | "call_refused"
  | "refused"
  | "unforeseen";

/** `since` is when it first failed after it had last worked; `reference` is what HubSpot finds its answer by. */
export type SourceFault = { kind: SourceFaultKind; since: string; reference?: string };
