import { NonRetriableError, RetryAfterError } from "inngest";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { errorFields, log } from "@/lib/log";

/** Turns a connector's error into what the engine of the functions understands. */
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

/** The engine keeps errors, and may be somebody else's: a database's error quotes what it was given. */
function withoutWords(error: unknown): Error {
  const { error: name, code, cause, at } = errorFields(error);
  return new Error([name, code, cause, at].filter(Boolean).join(" "));
}
