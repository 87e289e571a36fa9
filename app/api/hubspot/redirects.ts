import { seeOther } from "@/app/server/see-other";
import { errorFields, log } from "@/lib/log";
import { OtherAccount, problemOf } from "@/services/connections/connect-problem";
import { ServiceError } from "@/services/service-error";

/** Back to the settings, where the reason is said in words. */
export function toProblem(error: unknown): Response {
  if (error instanceof ServiceError && error.code === "signed_out")
    return seeOther(`/sign-in?next=${encodeURIComponent("/settings/integrations")}`);
  const problem = problemOf(error);
  const isOurs = ["unexpected", "app_misconfigured", "answer_unknown"].includes(problem);
  log[isOurs ? "error" : "warn"]("connect/failed", { problem, ...errorFields(error) });
  const other = error instanceof ServiceError ? OtherAccount.safeParse(error.details.values) : null;
  return seeOther(`/settings/integrations?${new URLSearchParams({ problem, ...other?.data })}`);
}
