import { eq } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { connections } from "@/db/schema/connections";
import type { Lane } from "@/db/schema/rates";
import { isTimeZone } from "@/lib/locales";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { openConnection } from "./open-connection";

/** Learns when the account's days end, by which HubSpot counts. Where it does not say, what was known stays. */
export async function rereadTimeZone(deps: Deps, connectionId: string, lane: Lane = "bulk"): Promise<void> {
  try {
    const hubspot = await openConnection(deps, connectionId, lane);
    const { timeZone } = await hubspot.account.details();
    if (!isTimeZone(timeZone)) return;
    await deps.db.update(connections).set({ timeZone }).where(eq(connections.id, connectionId));
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("hubspot/time-zone-not-read", errorFields(error));
  }
}
