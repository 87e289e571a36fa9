import { knownProperties, usedProperties } from "@/db/queries/hubspot-properties";
import type { Lane } from "@/db/schema/rates";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { readProperties } from "./read-properties";
import { type ReadingCause, takeInProperties } from "./take-in-properties";

/** Asks HubSpot for the properties of an account again and takes them in. Throws `RemoteError`. */
export async function rereadProperties(
  deps: Deps,
  connectionId: string,
  { lane = "bulk", why = "daily" }: { lane?: Lane; why?: ReadingCause } = {},
): Promise<{ properties: number }> {
  const hubspot = await openConnection(deps, connectionId, lane);
  const read = await readProperties(hubspot, {
    known: () => knownProperties(deps.db, connectionId),
    used: () => usedProperties(deps.db, connectionId),
  });
  const busy = await deps.db.transaction((tx) => takeInProperties(tx, connectionId, read, why));
  if (busy.length) await deps.wake(busy);
  return { properties: read.definitions.length };
}
