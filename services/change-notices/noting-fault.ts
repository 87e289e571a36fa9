import { isOfTheApp, OauthError } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isScopesMissing } from "@/connectors/hubspot/said-no";
import type { SourceFault, SourceFaultKind } from "@/db/schema/source-fault";
import { pauseWords } from "@/services/connections/pause-words";

/** Where the fault of a source of changes is kept; null where there is none. */
export type FaultPlace = {
  read: () => Promise<SourceFault | null>;
  keep: (fault: SourceFault | null) => Promise<void>;
};

/** Asks a source for changes. While it fails, people are told so and since when; the error goes on to whoever called. */
export async function notingFault<T>({ read, keep }: FaultPlace, ask: () => Promise<T>): Promise<T> {
  try {
    const told = await ask();
    if (await read()) await keep(null);
    return told;
  } catch (error) {
    const since = (await read())?.since ?? new Date().toISOString();
    const reference = error instanceof RemoteError ? error.correlationId : undefined;
    await keep({ kind: kindOf(error), since, ...(reference ? { reference } : {}) });
    throw error;
  }
}

function kindOf(error: unknown): SourceFaultKind {
  if (!(error instanceof RemoteError)) return "unforeseen";
  if (error instanceof OauthError && isOfTheApp(error.fault))
    return error.fault === "misconfigured" ? "app_refused" : "refused";
  if (error.kind === "call_refused") return "call_refused";
  if (isScopesMissing(error)) return "scopes_missing";
  if (error.pause) return pauseWords[error.pause.reason].fault;
  if (error.kind === "rate_limited") return "asked_to_wait";
  return error.kind === "transient" ? "no_answer" : "refused";
}
