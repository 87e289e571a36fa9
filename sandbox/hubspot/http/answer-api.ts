import { accountRoutes } from "../account/account-routes";
import { batchRoutes } from "../contacts/batch-routes";
import { contactRoutes } from "../contacts/contact-routes";
import { appSource } from "../contacts/source";
import { listRoutes } from "../lists/list-routes";
import { membershipRoutes } from "../lists/membership-routes";
import { installRoutes } from "../oauth/install-routes";
import { propertyRoutes } from "../properties/property-routes";
import type { Sandbox } from "../sandbox";
import type { ApiRoute } from "./api-call";
import { ApiError } from "./api-error";
import { authenticate, requireScopes } from "./authenticate";
import type { Incoming } from "./incoming";
import { parseJson, readBody } from "./read-body";
import type { Reply } from "./reply";
import { createRouter } from "./router";

const match = createRouter<ApiRoute>([
  ...contactRoutes,
  ...batchRoutes,
  ...propertyRoutes,
  ...listRoutes,
  ...membershipRoutes,
  ...accountRoutes,
  ...installRoutes,
]);

/** The scopes that a call of HubSpot's API needs. */
export function scopesOf(method: string, pathname: string): string[] {
  const found = match(method, pathname);
  return found.kind === "found" ? found.route.scopes : [];
}

const LONGEST_URL = 8_192;

export async function answerApi(
  sandbox: Sandbox,
  request: Incoming,
  url: URL,
): Promise<Reply & { operation: string }> {
  const method = request.method ?? "GET";
  const found = match(method, url.pathname);
  const operation = found.kind === "found" ? `${method} ${found.route.pattern}` : "unknown";
  let headers: Record<string, string> = {};
  try {
    const text = await readBody(request);
    const access = authenticate(sandbox, request.headers.authorization);
    if ((request.url ?? "").length > LONGEST_URL) throw new ApiError(414, "VALIDATION_ERROR", "URI Too Long");
    if (found.kind === "none") throw new ApiError(404, "OBJECT_NOT_FOUND", "resource not found");
    if (found.kind === "wrong-method")
      throw new ApiError(405, "VALIDATION_ERROR", "HTTP 405 Method Not Allowed");
    const account = sandbox.accounts.get(access.portalId);
    if (!account) throw new ApiError(401, "INVALID_AUTHENTICATION", "This token belongs to no account");
    const search = found.route.search === true;
    const limit = sandbox.limits.take(account.info, search, sandbox.settings.get(), sandbox.now());
    headers = limit.headers;
    if (limit.refusal) return { ...limit.refusal, headers, operation };
    requireScopes(found.route.scopes, access.scopes);
    const reply = found.route.handle({
      sandbox,
      account,
      params: found.params,
      query: url.searchParams,
      body: parseJson(text),
      source: appSource(sandbox.options.appId),
      scopes: access.scopes,
    });
    return { ...reply, headers: { ...headers, ...reply.headers }, operation };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: error.body(), headers, operation };
  }
}
