import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { rereadProperties } from "./reread-properties";

/** HubSpot refused a value in words that say its properties are not as we know them. */
export async function noteDoubt(db: Db, connectionId: string): Promise<void> {
  await db.update(connections).set({ openDoubtAt: sql`now()` }).where(eq(connections.id, connectionId));
}

/**
 * The properties of a connection that are in doubt are read again, but not more than once a minute: a page of refusals
 * after another says no more than the first. What came within that minute, or HubSpot does not answer now, stays in
 * doubt, and each poll asks for it here.
 */
export async function rereadDoubted(deps: Deps, connectionId: string): Promise<void> {
  const own = eq(connections.id, connectionId);
  const openDoubt = sql<string>`${connections.openDoubtAt}::text`;
  const [due] = await deps.db
    .update(connections)
    .set({ propertiesDoubtedAt: sql`now()` })
    .where(
      and(
        own,
        isNotNull(connections.openDoubtAt),
        or(
          isNull(connections.propertiesDoubtedAt),
          lt(connections.propertiesDoubtedAt, sql`now() - interval '1 minute'`),
        ),
      ),
    )
    .returning({ openDoubt });
  if (!due) return;
  try {
    await rereadProperties(deps, connectionId, { why: "doubt" });
    await deps.db
      .update(connections)
      .set({ openDoubtAt: null })
      .where(and(own, eq(openDoubt, due.openDoubt)));
  } catch (error) {
    // The page whose refusals gave the doubt is committed: it must not be told as failed.
    if (!(error instanceof RemoteError)) throw error;
    log.warn("properties/not-reread", errorFields(error));
  }
}
