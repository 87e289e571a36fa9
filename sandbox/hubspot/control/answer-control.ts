import { ApiError, invalid, notFound } from "../http/api-error";
import type { Incoming } from "../http/incoming";
import { parseJson, readBody } from "../http/read-body";
import type { Reply } from "../http/reply";
import { createRouter } from "../http/router";
import type { Sandbox } from "../sandbox";
import { contactControlRoutes } from "./contact-control-routes";
import { sandboxControlRoutes } from "./sandbox-control-routes";

const match = createRouter([...sandboxControlRoutes, ...contactControlRoutes]);

/** The API of tests, of the demo and of the page: everything that HubSpot's own API does not offer. */
export async function answerControl(sandbox: Sandbox, request: Incoming, url: URL): Promise<Reply> {
  const text = await readBody(request);
  // Anything else than JSON could come from a plain form on another site.
  if (text !== "" && !request.headers["content-type"]?.startsWith("application/json"))
    throw invalid("The content type must be application/json");
  const found = match(request.method ?? "GET", url.pathname);
  if (found.kind === "none") throw notFound();
  if (found.kind === "wrong-method")
    throw new ApiError(405, "VALIDATION_ERROR", "HTTP 405 Method Not Allowed");
  return found.route.handle({
    sandbox,
    params: found.params,
    query: url.searchParams,
    body: parseJson(text),
  });
}
