import type { Tokens } from "@/connectors/hubspot/oauth";
import { seal, unseal } from "@/lib/seal";

/** What the context of a sealed token is made of. */
export type TokenOwner = { workspaceId: string; accountId: string };

/** The columns that hold a connection's credentials. */
export function sealedTokens(owner: TokenOwner, tokens: Tokens) {
  return {
    accessToken: seal(tokens.accessToken, context(owner)),
    refreshToken: seal(tokens.refreshToken, context(owner)),
    expiresAt: new Date(Date.now() + tokens.expiresInSeconds * 1000),
  };
}

export function openToken(owner: TokenOwner, sealed: string): string {
  return unseal(sealed, context(owner));
}

function context({ workspaceId, accountId }: TokenOwner): string {
  return `connection:${workspaceId}:${accountId}`;
}
