import { and, eq, isNull } from "drizzle-orm";
import { connections } from "@/db/schema/connections";
import type { Deps } from "@/services/context";

/** Connections that work: of drafts too, whose wizard shows their properties. */
export async function listWorkingConnections({ db }: Deps): Promise<string[]> {
  const rows = await db.select({ id: connections.id }).from(connections).where(works);
  return rows.map(({ id }) => id);
}

/** Whether this one does still. */
export async function isWorkingConnection({ db }: Deps, connectionId: string): Promise<boolean> {
  return (await db.$count(connections, and(eq(connections.id, connectionId), works))) > 0;
}

const works = and(isNull(connections.disconnectedAt), isNull(connections.brokenReason));
