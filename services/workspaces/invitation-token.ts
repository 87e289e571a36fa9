import { createHash, randomBytes } from "node:crypto";

export function newInvitationToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The token is random enough that a plain hash protects it. */
export function hashInvitationToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
