import type { Account } from "../account/account";
import { notFound } from "../http/api-error";
import type { Reply } from "../http/reply";
import type { Route } from "../http/router";
import type { Sandbox } from "../sandbox";

export interface ControlCall {
  sandbox: Sandbox;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

export type ControlRoute = Route<(call: ControlCall) => Reply | Promise<Reply>>;

export function accountOf({ sandbox, params }: ControlCall): Account {
  const account = sandbox.accounts.get(Number(params.portalId));
  if (!account) throw notFound(`There is no account ${params.portalId}`);
  return account;
}
