import { NonRetriableError, RetryAfterError } from "inngest";
import { RemoteError } from "@/connectors/hubspot/remote-error";

/** Turns a connector's error into what the engine of the functions understands. */
export async function withRemoteFaults<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error.kind === "rate_limited")
      throw new RetryAfterError(error.message, error.retryAfterMs ?? 10_000, { cause: error });
    if (error.kind === "transient")
      throw new RetryAfterError(error.message, error.retryAfterMs ?? 3_000, { cause: error });
    throw new NonRetriableError(error.message, { cause: error });
  }
}
