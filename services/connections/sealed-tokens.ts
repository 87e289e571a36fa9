import { sql } from "drizzle-orm";
import type { Tokens } from "@/connectors/hubspot/oauth";
import { type SealKeys, seal, unseal } from "@/lib/seal";

/** What the context of a sealed token is made of. */
export type TokenOwner = { workspaceId: string; accountId: string };

/** The columns that hold a connection's credentials. */
export function sealedTokens(owner: TokenOwner, tokens: Tokens) {
  return {
    accessToken: seal(tokens.accessToken, context(owner)),
    refreshToken: seal(tokens.refreshToken, context(owner)),
    // By the database's clock, which is the one that everybody compares with.
    expiresAt: sql`now() + make_interval(secs => ${tokens.expiresInSeconds})`,
  };
}

export function openToken(owner: TokenOwner, sealed: string): string {
  return unseal(sealed, context(owner));
}

/** The same token under the newest of these keys. */
export function resealToken(owner: TokenOwner, sealed: string, keys: SealKeys): string {
  return seal(unseal(sealed, context(owner), keys), context(owner), keys);
}

function context({ workspaceId, accountId }: TokenOwner): string {
  return `connection:${workspaceId}:${accountId}`;
}
