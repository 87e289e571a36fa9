import { APP_PORTAL } from "../oauth/grants";
import type { Sandbox } from "../sandbox";
import { journalFileRoutes } from "../webhooks-journal/journal-file";
import { journalRoutes } from "../webhooks-journal/journal-routes";
import { snapshotRoutes } from "../webhooks-journal/snapshot-routes";
import { subscriptionRoutes } from "../webhooks-journal/subscription-routes";
import { ApiError } from "./api-error";
import type { AppRoute } from "./app-call";
import { authenticate, requireScopes } from "./authenticate";
import type { Incoming } from "./incoming";
import { parseJson, readBody } from "./read-body";
import type { Reply } from "./reply";
import { createRouter } from "./router";

export const matchApp = createRouter<AppRoute>([
  ...journalRoutes,
  ...journalFileRoutes,
  ...subscriptionRoutes,
  ...snapshotRoutes,
]);

/** HubSpot's limits by day and by ten seconds do not count these calls. */
export async function answerApp(
  sandbox: Sandbox,
  request: Incoming,
  url: URL,
  { route, params }: { route: AppRoute; params: Record<string, string> },
): Promise<Reply> {
  try {
    const text = await readBody(request);
    let scopes: string[] = [];
    if (route.scopes !== null) {
      const access = authenticate(sandbox, request.headers.authorization);
      if (access.portalId !== APP_PORTAL)
        throw new ApiError(
          401,
          "INVALID_AUTHENTICATION",
          "This API needs a token of the app, from its client credentials",
        );
      requireScopes(route.scopes, access.scopes);
      scopes = access.scopes;
    }
    if (route.limit && sandbox.settings.get().rateLimit) {
      const { headers, refusal } = sandbox.limits.takeOfApp(route.limit.name, route.limit.perSecond);
      if (refusal) return { ...refusal, headers };
    }
    return route.handle({
      sandbox,
      scopes,
      params,
      query: url.searchParams,
      body: parseJson(text),
      host: request.headers.host ?? "localhost",
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: error.body() };
  }
}
