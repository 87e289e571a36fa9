import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import { OtherAccount, problemOf } from "@/services/connections/connect-problem";
import { ServiceError } from "@/services/service-error";

/** To a place of ours or of HubSpot; never cached, and no address with a code in it travels on as referrer. */
export function seeOther(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL(location, env().APP_URL).href,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
  });
}

/** Back to the settings, where the reason is said in words. */
export function toProblem(error: unknown): Response {
  if (error instanceof ServiceError && error.code === "signed_out")
    return seeOther(`/sign-in?next=${encodeURIComponent("/settings/integrations")}`);
  const problem = problemOf(error);
  if (["unexpected", "app_misconfigured", "answer_unknown"].includes(problem))
    log.error("connect/failed", { problem, ...errorFields(error) });
  else log.warn("connect/failed", { problem });
  const other = error instanceof ServiceError ? OtherAccount.safeParse(error.details.values) : null;
  return seeOther(`/settings/integrations?${new URLSearchParams({ problem, ...other?.data })}`);
}
