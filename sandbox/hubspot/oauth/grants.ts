import { createHash, randomBytes } from "node:crypto";
import type { Store } from "../store/store";

export interface AuthorizationCode {
  portalId: number;
  redirectUri: string;
  scopes: string[];
  expiresAt: number;
  challenge?: { value: string; method: string };
}
export interface Grant {
  portalId: number;
  userId: number;
  scopes: string[];
}
export interface AccessToken extends Grant {
  expiresAt: number;
  refreshToken: string | null;
}
export interface Install {
  scopes: string[];
  installedAt: number;
}

/** In the place of an account, for tokens of the app itself. */
export const APP_PORTAL = 0;

const ACCESS_TOKEN_MS = 30 * 60_000;
const CODE_MS = 5 * 60_000;

/** Codes, tokens and which accounts have the app installed. */
export class Grants {
  private readonly store: Store;
  private readonly now: () => number;

  constructor(store: Store, now: () => number) {
    this.store = store;
    this.now = now;
  }

  issueCode(code: Omit<AuthorizationCode, "expiresAt">): string {
    const text = `na1-${hex(4)}-${hex(2)}-${hex(12)}`;
    this.store.put<AuthorizationCode>("code", text, { ...code, expiresAt: this.now() + CODE_MS });
    return text;
  }

  /** A code works once, whatever comes of it. */
  takeCode(text: string): AuthorizationCode | null {
    const code = this.store.table<AuthorizationCode>("code").get(text);
    this.store.remove("code", text);
    return code && code.expiresAt > this.now() ? code : null;
  }

  install(grant: Grant): string {
    const refreshToken = `na1-${hex(4)}-${hex(16)}`;
    this.store.put<Grant>("refresh", refreshToken, grant);
    this.store.put<Install>("install", String(grant.portalId), {
      scopes: grant.scopes,
      installedAt: this.now(),
    });
    return refreshToken;
  }

  grantOf(refreshToken: string): Grant | undefined {
    return this.store.table<Grant>("refresh").get(refreshToken);
  }

  rotate(refreshToken: string, grant: Grant): string {
    this.store.remove("refresh", refreshToken);
    return this.install(grant);
  }

  issueAccess(grant: Grant, refreshToken: string | null): { token: string; expiresIn: number } {
    this.dropExpired();
    const token = `CN${randomBytes(150).toString("base64url")}`;
    const expiresAt = this.now() + ACCESS_TOKEN_MS;
    this.store.put<AccessToken>("access", token, { ...grant, expiresAt, refreshToken });
    return { token, expiresIn: ACCESS_TOKEN_MS / 1000 };
  }

  access(token: string): AccessToken | undefined {
    return this.store.table<AccessToken>("access").get(token);
  }

  /** The tokens end, the app stays installed: what a security team's revocation looks like. */
  revokeAll(portalId: number): void {
    for (const table of ["refresh", "access"])
      for (const [token, grant] of this.store.table<Grant>(table))
        if (grant.portalId === portalId) this.store.remove(table, token);
  }

  revoke(token: string): void {
    this.store.remove("refresh", token);
    this.store.remove("access", token);
    for (const [access, grant] of this.store.table<AccessToken>("access"))
      if (grant.refreshToken === token) this.store.remove("access", access);
  }

  expireAccess(portalId: number): void {
    for (const [token, access] of this.store.table<AccessToken>("access"))
      if (access.portalId === portalId)
        this.store.put("access", token, { ...access, expiresAt: this.now() - 1 });
  }

  /** An administrator's decision about a live connection: its tokens have those scopes from the next call on. */
  setScopes(portalId: number, scopes: string[]): void {
    const installed = this.installed(portalId);
    if (!installed) return;
    this.store.put<Install>("install", String(portalId), { ...installed, scopes });
    for (const table of ["refresh", "access"])
      for (const [token, grant] of this.store.table<Grant>(table))
        if (grant.portalId === portalId) this.store.put<Grant>(table, token, { ...grant, scopes });
  }

  uninstall(portalId: number): void {
    this.revokeAll(portalId);
    this.store.remove("install", String(portalId));
  }

  installed(portalId: number): Install | undefined {
    return this.store.table<Install>("install").get(String(portalId));
  }

  // An expired token is remembered for an hour, so that its use can be answered as expired.
  private dropExpired(): void {
    for (const [token, { expiresAt }] of this.store.table<AccessToken>("access"))
      if (expiresAt < this.now() - 3_600_000) this.store.remove("access", token);
  }
}

export function challengeMatches(
  challenge: { value: string; method: string },
  verifier: string | null,
): boolean {
  if (verifier === null) return false;
  const value =
    challenge.method === "S256" ? createHash("sha256").update(verifier).digest("base64url") : verifier;
  return value === challenge.value;
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
