import { z } from "zod";
import { ServiceError, type ServiceErrorCode } from "@/services/service-error";

/** Why a try to connect came to nothing; texts of the interface under `connectProblem`. */
const connectProblems = {
  state_missing: "invalid_input",
  state_used: "expired",
  state_expired: "expired",
  consent_denied: "hubspot_refused",
  code_refused: "expired",
  scopes_missing: "hubspot_refused",
  other_account: "invalid_input",
  app_misconfigured: "hubspot_refused",
  answer_unknown: "hubspot_refused",
  hubspot_unavailable: "hubspot_unavailable",
  account_moving: "hubspot_unavailable",
  limit_reached: "hubspot_unavailable",
  day_used_up: "hubspot_unavailable",
  account_busy: "hubspot_unavailable",
  hubspot_unreachable: "hubspot_unavailable",
  forbidden: "forbidden",
  not_found: "not_found",
  unexpected: "invalid_input",
} as const satisfies Record<string, ServiceErrorCode>;
export type ConnectProblem = keyof typeof connectProblems;

export function connectProblem(
  problem: ConnectProblem,
  message: string,
  { cause, values = {} }: { cause?: unknown; values?: Record<string, string> } = {},
): ServiceError {
  return new ServiceError(connectProblems[problem], message, { reason: problem, values }, { cause });
}

/** Which account was chosen, and for which integration; for the page, beside an `other_account`. */
export const OtherAccount = z.object({
  integration: z.uuid(),
  chosen: z.string().regex(/^\d{1,15}$/),
  /** As HubSpot calls the account, which is a domain's name. */
  name: z.string().regex(/^[\w.-]{1,100}$/),
});
export type OtherAccount = z.infer<typeof OtherAccount>;

/** What the settings page shows for a failed try. */
export function problemOf(error: unknown): ConnectProblem {
  if (!(error instanceof ServiceError)) return "unexpected";
  return [error.details.reason ?? "", error.code].find(isProblem) ?? "unexpected";
}

function isProblem(text: string): text is ConnectProblem {
  return text in connectProblems;
}
