import { NonRetriableError, RetryAfterError } from "inngest";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { errorFields, log } from "@/lib/log";

/** Turns the error of a step into what the engine of the functions understands. */
export async function withRemoteFaults<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw withoutWords(error);
    log.warn("hubspot/step-failed", errorFields(error));
    if (error.kind === "rate_limited")
      throw new RetryAfterError(error.message, error.retryAfterMs ?? 10_000, { cause: error });
    if (error.kind === "transient")
      throw new RetryAfterError(error.message, error.retryAfterMs ?? 3_000, { cause: error });
    throw new NonRetriableError(error.message, { cause: error });
  }
}

/**
 * For what begins anew by itself so often: where HubSpot asks for a longer wait this one is over. Asleep it would keep the
 * others out, or wake beside them, and a person may have HubSpot asked again before.
 */
export async function untilTheNext<T>(
  { everyMs, instead }: { everyMs: number; instead: T },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RemoteError) || (error.retryAfterMs ?? 0) <= everyMs) throw error;
    log.warn("hubspot/step-left", errorFields(error));
    return instead;
  }
}

/** The engine keeps errors, and may be somebody else's: a database's error quotes what it was given. */
function withoutWords(error: unknown): Error {
  const { error: name, code, cause, at } = errorFields(error);
  return new Error([name, code, cause, at].filter(Boolean).join(" "));
}
