import { ApiError } from "./api-error";
import type { Incoming } from "./incoming";

/**
 * The page and the control API ask for no sign-in, so they answer this machine only: a foreign
 * name for the address (DNS rebinding) and requests that another site's page sends are refused.
 */
export function refuseOtherOrigins(request: Incoming): void {
  const host = request.headers.host ?? "";
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) throw forbidden();
  if (request.method === "GET" || request.method === "HEAD") return;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) throw forbidden();
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw forbidden();
}

function forbidden(): ApiError {
  return new ApiError(403, "FORBIDDEN", "The sandbox answers its own page on this machine only");
}
