import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { connections } from "@/db/schema/connections";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { rereadProperties } from "./reread-properties";

/**
 * HubSpot refused a value in words that say its properties are not as we know them. They are read again, but not
 * more than once a minute: a page of refusals after another says no more than the first. What HubSpot does not
 * answer now, the daily reading finds.
 */
export async function rereadDoubted(deps: Deps, connectionId: string): Promise<void> {
  const due = await deps.db
    .update(connections)
    .set({ propertiesDoubtedAt: sql`now()` })
    .where(
      and(
        eq(connections.id, connectionId),
        or(
          isNull(connections.propertiesDoubtedAt),
          lt(connections.propertiesDoubtedAt, sql`now() - interval '1 minute'`),
        ),
      ),
    )
    .returning({ id: connections.id });
  if (!due.length) return;
  try {
    await rereadProperties(deps, connectionId, { isDoubted: true });
  } catch (error) {
    // The page whose refusals gave the doubt is committed: it must not be told as failed.
    if (!(error instanceof RemoteError)) throw error;
    log.warn("properties/not-reread", errorFields(error));
  }
}
