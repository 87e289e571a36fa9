import type { Sandbox } from "../sandbox";
import type { Reply } from "./reply";
import type { Route } from "./router";

/** A call that concerns the app in all its accounts, made with a token of the app itself. */
export interface AppCall {
  sandbox: Sandbox;
  /** What the token may do; nothing where none is needed. */
  scopes: string[];
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** Where the caller reached the sandbox. */
  host: string;
}

export interface AppRoute extends Route<(call: AppCall) => Reply> {
  /** Scopes of which the token needs all; null for what needs no token. */
  scopes: string[] | null;
  /** Calls a second, shared by the routes of that name. */
  limit?: { name: string; perSecond: number };
}
