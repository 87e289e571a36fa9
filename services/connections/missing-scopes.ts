import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { grantedScopes } from "@/connectors/hubspot/oauth";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { LISTS_SCOPE, SYNC_SCOPES, WRITE_SCOPE } from "@/connectors/hubspot/scopes";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { writableSides } from "@/sync/direction";
import { hubspotApp } from "./hubspot-app";
import { markBroken } from "./mark-broken";
import { openToken } from "./sealed-tokens";

type Connection = typeof connections.$inferSelect;

/**
 * HubSpot refused a call for want of a permission. Its answer names all that such a call takes, or none; only where
 * one that syncing takes is really not granted the connection ends. For want of any other one thing rests.
 */
export async function noteMissingScopes(
  deps: Pick<Deps, "db">,
  connectionId: string,
  { requiredScopes }: Pick<RemoteError, "requiredScopes">,
): Promise<void> {
  const rows = await deps.db
    .select({ connection: connections, integration: integrations })
    .from(connections)
    .innerJoin(integrations, eq(integrations.connectionId, connections.id))
    .where(and(eq(connections.id, connectionId), isNull(integrations.disconnectedAt)));
  const [first] = rows;
  if (!first) return;
  const needed = new Set(rows.flatMap(({ integration }) => scopesOf(integration)));
  if (requiredScopes && !requiredScopes.some((scope) => needed.has(scope))) return;
  const granted = await readGranted(deps, first.connection);
  if ([...needed].every((scope) => granted.includes(scope))) return;
  const { tokenVersion } = first.connection;
  await markBroken(deps, { connectionId, tokenVersion }, "missing_scopes");
}

function scopesOf({ syncType, incomingScope }: typeof integrations.$inferSelect): string[] {
  return [
    ...SYNC_SCOPES,
    ...(writableSides(syncType, "both").hubspot ? [WRITE_SCOPE] : []),
    ...(incomingScope.kind === "lists" ? [LISTS_SCOPE] : []),
  ];
}

/** HubSpot is asked once a minute at most; what it does not say now stays as it was known. */
async function readGranted({ db }: Pick<Deps, "db">, connection: Connection): Promise<string[]> {
  const own = eq(connections.id, connection.id);
  const due = or(
    isNull(connections.scopesReadAt),
    lt(connections.scopesReadAt, sql`now() - interval '1 minute'`),
  );
  const asking = await db
    .update(connections)
    .set({ scopesReadAt: sql`now()` })
    .where(and(own, due))
    .returning({ id: connections.id });
  if (!asking.length) return connection.scopes;
  try {
    const scopes = await grantedScopes(hubspotApp(), openToken(connection, connection.accessToken));
    if (!scopes) return connection.scopes;
    await db.update(connections).set({ scopes }).where(own);
    return scopes;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("connection/scopes-not-read", errorFields(error));
    return connection.scopes;
  }
}
