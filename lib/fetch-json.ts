/** Thrown by `fetchJson` with the failure that the server put into words. */
export class FetchFailure extends Error {
  override readonly name = "FetchFailure";
  constructor(
    readonly failure: {
      code: string;
      reason?: string;
      values?: Record<string, string | number>;
      reference?: string;
    },
  ) {
    super(failure.code);
  }
}

/** Reads one of our own route handlers, for react-query's `queryFn`. */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } });
  const body = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new FetchFailure(body?.error ?? { code: "unexpected", reason: "unreachable" });
}
