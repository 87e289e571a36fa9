import type { Account } from "../account/account";
import type { Source } from "../contacts/source";
import type { Sandbox } from "../sandbox";
import type { Reply } from "./reply";
import type { Route } from "./router";

/** An authenticated call to the API of one account. */
export interface ApiCall {
  sandbox: Sandbox;
  account: Account;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  source: Source;
  scopes: string[];
}

export interface ApiRoute extends Route<(call: ApiCall) => Reply> {
  /** Scopes of which the token needs all. */
  scopes: string[];
  /** Search has a limit of its own and answers without rate limit headers. */
  search?: boolean;
}

/** A list in a query: keys may repeat, and values may hold commas. */
export function listParam(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .filter((value) => value !== "");
}

export function pageParam(query: URLSearchParams, name: string, fallback: number): number {
  const value = query.get(name);
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : fallback;
}
