import { and, count, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, type RefreshFault } from "@/db/schema/connections";

/** How many connections, of all workspaces, HubSpot does not renew for reasons that are our app's. */
export async function countRefreshFaults(
  db: Db,
): Promise<{ kind: RefreshFault["kind"]; connections: number }[]> {
  const kind = sql<RefreshFault["kind"]>`${connections.refreshFault} ->> 'kind'`;
  return db
    .select({ kind, connections: count() })
    .from(connections)
    .where(and(isNotNull(connections.refreshFault), isNull(connections.disconnectedAt)))
    .groupBy(kind)
    .orderBy(kind);
}
