import { and, eq, isNotNull, lt, ne, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { endGrant } from "./end-grant";
import { openToken } from "./sealed-tokens";

/** A connection whose account was left here, and still has the tokens with which it is left at HubSpot. */
export type Leaving = typeof connections.$inferSelect;

/** Leaves the account at HubSpot: a person who wants to leave is never held back by it. */
export async function leaveAccount(deps: Pick<Deps, "db" | "budgetOf">, leaving: Leaving): Promise<void> {
  const { id, accountId } = leaving;
  try {
    await endGrant(deps, {
      accountId,
      accessToken: openToken(leaving, leaving.accessToken),
      refreshToken: openToken(leaving, leaving.refreshToken),
    });
  } catch (error) {
    log.warn("connection/left-behind", { connectionId: id, accountId, ...errorFields(error) });
  }
  await wipeTokens(deps.db, leaving);
}

/** Only the tokens that were left: whoever has connected again meanwhile keeps what HubSpot gave him. */
export async function wipeTokens(db: Db | Tx, { id, tokenVersion }: Leaving): Promise<void> {
  await db
    .update(connections)
    .set({ accessToken: "", refreshToken: "" })
    .where(
      and(
        eq(connections.id, id),
        eq(connections.tokenVersion, tokenVersion),
        isNotNull(connections.disconnectedAt),
      ),
    );
}

/** What a crash left behind. An hour later nobody else is at it any more. */
export async function finishLeaving(deps: Pick<Deps, "db" | "budgetOf">): Promise<void> {
  const left = await deps.db
    .select()
    .from(connections)
    .where(
      and(lt(connections.disconnectedAt, sql`now() - interval '1 hour'`), ne(connections.refreshToken, "")),
    );
  for (const leaving of left) await leaveAccount(deps, leaving);
}
