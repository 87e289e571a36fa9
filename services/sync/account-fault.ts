import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";

const kinds: RemoteErrorKind[] = ["transient", "rate_limited", "unauthorized", "forbidden"];

/** A fault of HubSpot's or of the connection, which no record is to blame for. */
export function isAccountFault(error: unknown): boolean {
  return error instanceof RemoteError && kinds.includes(error.kind);
}
