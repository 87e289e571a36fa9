import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import { LostRace } from "./lost-race";

const ofAccount: RemoteErrorKind[] = ["rate_limited", "unauthorized", "forbidden"];

/** HubSpot does not work with us at present, or another page was faster; no record of the page has anything to do with it. */
export function isNobodysFault(error: unknown): boolean {
  return error instanceof LostRace || (error instanceof RemoteError && ofAccount.includes(error.kind));
}

/**
 * An answer that may be another one in a while. Mostly the network's or HubSpot's own, but one record may be all that it
 * fails on: its pages get smaller until it is alone. It is not given up for that.
 */
export function mayPass(error: unknown): boolean {
  return isNobodysFault(error) || (error instanceof RemoteError && error.kind === "transient");
}
