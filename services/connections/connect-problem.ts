import { ServiceError, type ServiceErrorCode } from "@/services/service-error";

/** Why a try to connect came to nothing; texts of the interface under `connectProblem`. */
export const connectProblems = {
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
  forbidden: "forbidden",
  not_found: "not_found",
  unexpected: "invalid_input",
} as const satisfies Record<string, ServiceErrorCode>;
export type ConnectProblem = keyof typeof connectProblems;

export function connectProblem(problem: ConnectProblem, message: string, cause?: unknown): ServiceError {
  return new ServiceError(connectProblems[problem], message, { reason: problem }, { cause });
}

/** What the settings page shows for a failed try. */
export function problemOf(error: unknown): ConnectProblem {
  if (!(error instanceof ServiceError)) return "unexpected";
  return [error.details.reason ?? "", error.code].find(isProblem) ?? "unexpected";
}

function isProblem(text: string): text is ConnectProblem {
  return text in connectProblems;
}
