import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import { LostRace } from "./lost-race";

/** A kind of error, with the 403 that is about permissions apart from the one that names none. */
type Fault = RemoteErrorKind | "not_granted";

/**
 * Whose a fault is. `account`: HubSpot does not work with us at present. `hubspot`: mostly the network's or HubSpot's
 * own, but one record may be all that it fails on. `looks`: so often is a record that got this answer looked at before
 * the answer stands.
 */
type Blame = { whose: "account" | "hubspot" | "record"; looks: number };

const blames: Record<Fault, Blame> = {
  rate_limited: { whose: "account", looks: Number.POSITIVE_INFINITY },
  unauthorized: { whose: "account", looks: Number.POSITIVE_INFINITY },
  // It waits for a version of this app that HubSpot serves.
  call_refused: { whose: "account", looks: Number.POSITIVE_INFINITY },
  // One record's property may be all that a permission is wanting for.
  not_granted: { whose: "account", looks: 4 },
  // With the pauses between looks, half an hour.
  transient: { whose: "hubspot", looks: 100 },
  // The next look finds the removal, as soon as HubSpot shows it.
  not_found: { whose: "record", looks: 20 },
  // The next look finds whose the address is.
  conflict: { whose: "record", looks: 4 },
  // Others of its page were let in.
  forbidden: { whose: "record", looks: 0 },
  rejected: { whose: "record", looks: 0 },
};

/** The call was not even made: HubSpot had asked for a pause. */
const paused: Blame = { whose: "account", looks: Number.POSITIVE_INFINITY };

function blameOf(error: RemoteError): Blame {
  if (error.pause && error.status === undefined) return paused;
  return blames[error.kind === "forbidden" && !isTurnedAway(error) ? "not_granted" : error.kind];
}

/** No record of the page has anything to do with it; also where another page was faster. */
export function isNobodysFault(error: unknown): boolean {
  return error instanceof LostRace || (error instanceof RemoteError && blameOf(error).whose === "account");
}

/**
 * An answer that may be another one in a while. A record that it belongs to alone is not given up for it: its pages get
 * smaller until it is alone.
 */
export function mayPass(error: unknown): boolean {
  return isNobodysFault(error) || (error instanceof RemoteError && blameOf(error).whose === "hubspot");
}

/** Whether a record that got this answer at its `tries`-th look is looked at once more. */
export function deservesAnotherLook(error: RemoteError, tries: number): boolean {
  return tries < blameOf(error).looks;
}
