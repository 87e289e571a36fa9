import { type Reply, redirect } from "../http/reply";
import type { Route } from "../http/router";
import type { Sandbox } from "../sandbox";
import { chooserPage, faultPage, permissionPage } from "./authorize-pages";
import { type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request";

export interface AuthorizeCall {
  sandbox: Sandbox;
  params: Record<string, string>;
  input: URLSearchParams;
}

const one = "/oauth/:portalId/authorize";

export const authorizeRoutes: Route<(call: AuthorizeCall) => Reply>[] = [
  { method: "GET", pattern: "/oauth/authorize", handle: choose },
  { method: "GET", pattern: one, handle: review },
  { method: "POST", pattern: one, handle: decide },
];

function choose({ sandbox, input }: AuthorizeCall): Reply {
  const request = readAuthorizeRequest(sandbox, input);
  if (!request.ok) return html(faultPage(request.message), 400);
  return html(chooserPage([...sandbox.accounts.values()], input.toString()));
}

function review(call: AuthorizeCall): Reply {
  return withAccount(call, (request, account) => html(permissionPage(account, request.scopes, call.input)));
}

function decide(call: AuthorizeCall): Reply {
  return withAccount(call, (request, account) => {
    const answer = new URL(request.redirectUri);
    if (call.input.get("decision") === "connect") {
      const { redirectUri, scopes, challenge } = request;
      const code = { portalId: account.portalId, redirectUri, scopes, ...(challenge ? { challenge } : {}) };
      answer.searchParams.set("code", call.sandbox.grants.issueCode(code));
    } else {
      answer.searchParams.set("error", "access_denied");
      answer.searchParams.set("error_description", "The user chose not to connect the app");
    }
    if (request.state !== null) answer.searchParams.set("state", request.state);
    return redirect(answer.toString());
  });
}

type Account = NonNullable<ReturnType<Sandbox["accounts"]["get"]>>;

function withAccount(
  { sandbox, params, input }: AuthorizeCall,
  run: (request: AuthorizeRequest, account: Account) => Reply,
): Reply {
  const request = readAuthorizeRequest(sandbox, input);
  if (!request.ok) return html(faultPage(request.message), 400);
  const account = sandbox.accounts.get(Number(params.portalId));
  if (!account) return html(faultPage("There is no account with this number."), 404);
  return run(request.request, account);
}

function html(content: string, status = 200): Reply {
  const headers = {
    "content-security-policy":
      "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-frame-options": "DENY",
    // With "no-referrer" a browser sends the form with `Origin: null`, which is refused as another site's.
    "referrer-policy": "same-origin",
  };
  return { status, text: { type: "text/html;charset=utf-8", content }, headers };
}
