import { and, eq, getTableColumns, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { LONGEST_TOKEN_WAIT_MS, refreshTokens, type Tokens } from "@/connectors/hubspot/oauth";
import { isOfTheApp, OauthError, type OauthFault } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { connections, type RefreshFault } from "@/db/schema/connections";
import { log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { hubspotApp } from "./hubspot-app";
import { markBroken } from "./mark-broken";
import { refreshBeforeMs, refreshWaitMs } from "./refresh-time";
import { openToken, sealedTokens } from "./sealed-tokens";

/**
 * One refresh per connection at a time, across processes. The right to refresh is a lease in the row, so that
 * no transaction is open while HubSpot is asked; it outlives the longest call, and a dead holder costs no more.
 */
const LEASE_SECONDS = 30;
const LOOK_AGAIN_MS = 60;

/** With less of its life left a token may be refused before a call that is given it has arrived. */
const LEAST_LIFE_MS = 30_000;

/** HubSpot's API refuses a token that was just given: another one may be no better. */
const REFUSED_WAIT_MS = 60_000;

/** Times to come are measured by the database's clock: those of our machines may differ. */
type Connection = typeof connections.$inferSelect & {
  /** The rest of the token's life. */
  restMs: number;
  /** Until when HubSpot's token service is left alone; 0 and less where it may be asked. */
  waitMs: number;
};

/**
 * A token good for some minutes. Throws `unauthorized` where the account has to be connected again first. `doubted`:
 * HubSpot's API has refused one that was as fresh.
 */
export async function heldToken(
  deps: Pick<Deps, "db">,
  connectionId: string,
): Promise<{ accessToken: string; doubted: boolean }> {
  const connection = await readConnection(deps, connectionId);
  return { accessToken: await goodToken(deps, connection), doubted: isRefusedByApi(connection) };
}

async function goodToken(deps: Pick<Deps, "db">, connection: Connection): Promise<string> {
  const { restMs, waitMs } = connection;
  if (restMs <= LEAST_LIFE_MS) return refresh(deps, connection);
  const inHand = openToken(connection, connection.accessToken);
  if (restMs > refreshBeforeMs(connection.id)) return inHand;
  // Whoever renews it early needs nobody to wait, and only the account's own no ends a token whose time is not over.
  if (waitMs > 0 || !(await takeLease(deps, connection))) return inHand;
  try {
    return await refreshUnderLease(deps, connection);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind === "unauthorized") throw error;
    return inHand;
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
  reference?: string,
): Promise<void> {
  const connection = await readConnection(deps, connectionId);
  if (openToken(connection, connection.accessToken) !== refused) return;
  const fault = { kind: "token_refused", code: "INVALID_AUTHENTICATION", reference } as const;
  await noteFault(deps, connection, fault, { retryAfterMs: REFUSED_WAIT_MS });
}

/** HubSpot's API takes our tokens again. */
export async function noteAcceptedToken({ db }: Pick<Deps, "db">, connectionId: string): Promise<void> {
  await db
    .update(connections)
    .set({ refreshFault: null, refreshAgainAt: null })
    .where(
      and(eq(connections.id, connectionId), sql`${connections.refreshFault} ->> 'kind' = 'token_refused'`),
    );
}

function isRefusedByApi({ refreshFault }: Connection): boolean {
  return refreshFault?.kind === "token_refused";
}

async function refresh(deps: Pick<Deps, "db">, seen: Connection): Promise<string> {
  const until = Date.now() + LONGEST_TOKEN_WAIT_MS;
  let now = seen;
  while (Date.now() < until) {
    if (now.waitMs > 0) throw notYet(now);
    if (await takeLease(deps, now)) return await refreshUnderLease(deps, now);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    now = await readConnection(deps, seen.id);
    if (now.tokenVersion !== seen.tokenVersion) return openToken(now, now.accessToken);
  }
  throw new RemoteError("transient", "the token of this connection is being refreshed for too long");
}

/** What the last one who asked was told still holds for everybody. */
function notYet({ refreshFault, refreshPause, waitMs }: Connection): RemoteError {
  const message = "HubSpot's token service is asked again later";
  const pause = refreshPause ? { ms: waitMs, reason: refreshPause } : undefined;
  if (!refreshFault) return new RemoteError("transient", message, { retryAfterMs: waitMs, pause });
  const { kind, code, reference } = refreshFault;
  return new OauthError(faults[kind], message, { category: code, correlationId: reference });
}

const faults: Record<RefreshFault["kind"], OauthFault> = {
  credentials: "misconfigured",
  token_refused: "token_refused",
  unknown: "unknown",
};

async function takeLease({ db }: Pick<Deps, "db">, seen: Connection): Promise<boolean> {
  const taken = await db
    .update(connections)
    .set({ refreshingUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
    .where(
      and(
        sameTokens(seen),
        or(isNull(connections.refreshingUntil), lt(connections.refreshingUntil, sql`now()`)),
        or(isNull(connections.refreshAgainAt), lte(connections.refreshAgainAt, sql`now()`)),
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
    const asked = error instanceof RemoteError ? error : undefined;
    if (error instanceof OauthError && isOfTheApp(error.fault)) {
      const kind = error.fault === "misconfigured" ? "credentials" : "unknown";
      const fault = { kind, code: error.category ?? "", reference: error.correlationId } as const;
      await noteFault(deps, connection, fault, asked);
    } else if (error instanceof OauthError)
      await markBroken(
        deps,
        { connectionId: connection.id, tokenVersion: connection.tokenVersion },
        error.fault === "account_gone" ? "account_gone" : "revoked",
      );
    else await deps.db.update(connections).set(failedOnce(connection, asked)).where(sameTokens(connection));
    throw error;
  }
}

/** No fault of the account's: whoever runs the app is told, and nobody is disconnected. */
async function noteFault(
  deps: Pick<Deps, "db">,
  connection: Connection,
  fault: Omit<RefreshFault, "at">,
  asked?: AskedWait,
): Promise<void> {
  log.error("connection/app-refused", { connectionId: connection.id, ...fault });
  await deps.db
    .update(connections)
    .set({
      ...failedOnce(connection, asked),
      refreshFault: { ...fault, at: new Date().toISOString() },
    })
    .where(sameTokens(connection));
}

type AskedWait = Partial<Pick<RemoteError, "retryAfterMs" | "pause">>;

function failedOnce({ id, refreshFailures }: Connection, { retryAfterMs, pause }: AskedWait = {}) {
  const failures = refreshFailures + 1;
  const seconds = refreshWaitMs(id, failures, retryAfterMs) / 1000;
  return {
    refreshingUntil: null,
    refreshFailures: failures,
    refreshAgainAt: sql`now() + make_interval(secs => ${seconds}::float8)`,
    refreshPause: pause?.reason ?? null,
  };
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
      refreshAgainAt: null,
      refreshFailures: 0,
      // That HubSpot's API refuses tokens is over once it takes one.
      ...(isRefusedByApi(connection) ? {} : { refreshFault: null }),
    })
    .where(sameTokens(connection))
    .returning({ id: connections.id });
  if (stored.length) return tokens.accessToken;
  // Somebody connected again in the meantime: theirs count.
  const now = await readConnection({ db }, connection.id);
  return openToken(now, now.accessToken);
}

function untilMs(time: SQL) {
  return sql<number>`(extract(epoch from ${time} - now()) * 1000)::float8`;
}

function sameTokens({ id, tokenVersion }: Connection) {
  return and(eq(connections.id, id), eq(connections.tokenVersion, tokenVersion));
}

async function readConnection({ db }: Pick<Deps, "db">, id: string): Promise<Connection> {
  const [connection] = await db
    .select({
      ...getTableColumns(connections),
      restMs: untilMs(sql`${connections.expiresAt}`),
      waitMs: untilMs(sql`coalesce(${connections.refreshAgainAt}, now())`),
    })
    .from(connections)
    .where(eq(connections.id, id));
  if (!connection || connection.disconnectedAt)
    throw new RemoteError("unauthorized", "the connection is closed", { category: "DISCONNECTED" });
  if (connection.brokenReason)
    throw new RemoteError("unauthorized", "the connection is broken", { category: connection.brokenReason });
  return connection;
}
