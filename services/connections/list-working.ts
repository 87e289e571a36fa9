import { and, isNull } from "drizzle-orm";
import { connections } from "@/db/schema/connections";
import type { Deps } from "@/services/context";

/** Connections that work: of drafts too, whose wizard shows their properties. */
export async function listWorkingConnections({ db }: Deps): Promise<string[]> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(and(isNull(connections.disconnectedAt), isNull(connections.brokenReason)));
  return rows.map(({ id }) => id);
}
