import { and, eq, getTableColumns, isNull, lt, or, sql } from "drizzle-orm";
import { refreshTokens, type Tokens } from "@/connectors/hubspot/oauth";
import { isOfTheApp, OauthError } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { connections, type RefreshFault } from "@/db/schema/integrations";
import { log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { hubspotApp } from "./hubspot-app";
import { markBroken } from "./mark-broken";
import { refreshBeforeMs } from "./refresh-time";
import { openToken, sealedTokens } from "./sealed-tokens";

/**
 * One refresh per connection at a time, across processes. The right to refresh is a lease in the row, so that
 * no transaction is open while HubSpot is asked; it outlives the longest call, and a dead holder costs no more.
 */
const LEASE_SECONDS = 30;
const LOOK_AGAIN_MS = 60;
const LONGEST_WAIT_MS = 35_000;

/** The rest of the token's life is measured by the database's clock: those of our machines may differ. */
type Connection = typeof connections.$inferSelect & { restMs: number };

/** A token good for some minutes. Throws `unauthorized` where the account has to be connected again first. */
export async function accessTokenFor(deps: Pick<Deps, "db">, connectionId: string): Promise<string> {
  const connection = await readConnection(deps, connectionId);
  const { restMs } = connection;
  if (restMs > refreshBeforeMs(connectionId)) return openToken(connection, connection.accessToken);
  try {
    return await refresh(deps, connection);
  } catch (error) {
    // The token in hand is still good: a passing failure to renew it early stops nothing.
    const passing =
      error instanceof RemoteError && (error.kind === "transient" || error.kind === "rate_limited");
    if (passing && restMs > LEASE_SECONDS * 1000) return openToken(connection, connection.accessToken);
    throw error;
  }
}

/** HubSpot refused this token although its time is not over: get another, unless somebody already did. */
export async function replaceToken(
  deps: Pick<Deps, "db">,
  connectionId: string,
  refused: string,
): Promise<void> {
  const connection = await readConnection(deps, connectionId);
  if (openToken(connection, connection.accessToken) === refused) await refresh(deps, connection);
}

/**
 * HubSpot's API refuses even a token that its own token service has just given. Only that service says that an account
 * has left us: this passes, or somebody has to look at it, and nobody is disconnected for it.
 */
export async function noteRefusedToken(
  deps: Pick<Deps, "db">,
  connectionId: string,
  refused: string,
): Promise<void> {
  const connection = await readConnection(deps, connectionId);
  if (openToken(connection, connection.accessToken) !== refused) return;
  await noteFault(deps, connection, { kind: "unknown", code: "INVALID_AUTHENTICATION" });
}

async function refresh(deps: Pick<Deps, "db">, seen: Connection): Promise<string> {
  const until = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < until) {
    if (await takeLease(deps, seen)) return await refreshUnderLease(deps, seen);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    const now = await readConnection(deps, seen.id);
    if (now.tokenVersion !== seen.tokenVersion) return openToken(now, now.accessToken);
  }
  throw new RemoteError("transient", "the token of this connection is being refreshed for too long");
}

async function takeLease({ db }: Pick<Deps, "db">, seen: Connection): Promise<boolean> {
  const taken = await db
    .update(connections)
    .set({ refreshingUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
    .where(
      and(
        sameTokens(seen),
        or(isNull(connections.refreshingUntil), lt(connections.refreshingUntil, sql`now()`)),
      ),
    )
    .returning({ id: connections.id });
  return taken.length > 0;
}

async function refreshUnderLease(deps: Pick<Deps, "db">, connection: Connection): Promise<string> {
  try {
    const tokens = await refreshTokens(hubspotApp(), openToken(connection, connection.refreshToken));
    return await storeTokens(deps, connection, tokens);
  } catch (error) {
    if (error instanceof OauthError && isOfTheApp(error.fault))
      await noteFault(deps, connection, {
        kind: error.fault === "misconfigured" ? "credentials" : "unknown",
        code: error.category ?? "",
      });
    else if (error instanceof OauthError)
      await markBroken(
        deps,
        { connectionId: connection.id, tokenVersion: connection.tokenVersion },
        error.fault === "account_gone" ? "account_gone" : "revoked",
      );
    else await deps.db.update(connections).set({ refreshingUntil: null }).where(sameTokens(connection));
    throw error;
  }
}

/** Our app's fault, not the account's: whoever runs the app is told, and nobody is disconnected. */
async function noteFault(
  deps: Pick<Deps, "db">,
  connection: Connection,
  fault: Omit<RefreshFault, "at">,
): Promise<void> {
  log.error("connection/app-refused", { connectionId: connection.id, ...fault });
  await deps.db
    .update(connections)
    .set({ refreshingUntil: null, refreshFault: { ...fault, at: new Date().toISOString() } })
    .where(sameTokens(connection));
}

/** Whatever refresh token comes back is kept: HubSpot may give a new one. */
async function storeTokens(
  { db }: Pick<Deps, "db">,
  connection: Connection,
  tokens: Tokens,
): Promise<string> {
  const stored = await db
    .update(connections)
    .set({
      ...sealedTokens(connection, tokens),
      ...(tokens.scopes ? { scopes: tokens.scopes } : {}),
      tokenVersion: connection.tokenVersion + 1,
      refreshingUntil: null,
      refreshFault: null,
    })
    .where(sameTokens(connection))
    .returning({ id: connections.id });
  if (stored.length) return tokens.accessToken;
  // Somebody connected again in the meantime: theirs count.
  const now = await readConnection({ db }, connection.id);
  return openToken(now, now.accessToken);
}

function sameTokens({ id, tokenVersion }: Connection) {
  return and(eq(connections.id, id), eq(connections.tokenVersion, tokenVersion));
}

async function readConnection({ db }: Pick<Deps, "db">, id: string): Promise<Connection> {
  const [connection] = await db
    .select({
      ...getTableColumns(connections),
      restMs: sql<number>`(extract(epoch from ${connections.expiresAt} - now()) * 1000)::float8`,
    })
    .from(connections)
    .where(eq(connections.id, id));
  if (!connection || connection.disconnectedAt)
    throw new RemoteError("unauthorized", "the connection is closed", { category: "DISCONNECTED" });
  if (connection.brokenReason)
    throw new RemoteError("unauthorized", "the connection is broken", { category: connection.brokenReason });
  return connection;
}
