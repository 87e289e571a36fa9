import type { Account } from "../account/account";
import type { Source } from "../contacts/source";
import type { Sandbox } from "../sandbox";
import { invalid } from "./api-error";
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

/** Where a page begins; what is no number begins at the fallback. */
export function pageParam(query: URLSearchParams, name: string, fallback: number): number {
  const value = query.get(name);
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : fallback;
}

/** A number in a query, in its bounds; anything else is refused. */
export function limitParam(
  query: URLSearchParams,
  { fallback, most }: { fallback: number; most: number },
): number {
  const value = query.get("limit");
  if (value === null) return fallback;
  const limit = /^\d{1,15}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > most) throw invalid(`limit must be between 1 and ${most}`);
  return limit;
}

/** A boolean in a query is `true` or `false`, in small letters; without one, false. */
export function flagParam(query: URLSearchParams, name: string): boolean {
  return choiceParam(query, name, ["false", "true"]) === "true";
}

/** One of a few; the first without one. */
export function choiceParam<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = query.get(name);
  const choice = value === null ? choices[0] : choices.find((one) => one === value);
  if (choice === undefined) throw invalid(`${name} must be one of: ${choices.join(", ")}`);
  return choice;
}
