import type { PauseReason } from "@/db/schema/rates";

/** call_refused: HubSpot does not serve the call as it is made, whatever record it is about; only a new version of this app mends it. */
export type RemoteErrorKind =
  | "rate_limited"
  | "unauthorized"
  | "forbidden"
  | "rejected"
  | "not_found"
  | "conflict"
  | "call_refused"
  | "transient";

/** HubSpot wants no calls of this kind for a while. */
export type AskedPause = { ms: number; reason: PauseReason };

/**
 * What HubSpot says against one property. `message` is HubSpot's own sentence and may hold the value; empty where it
 * took the call without a word and kept what it had.
 */
export type RefusedField = {
  property: string;
  code: string;
  message: string;
  /** The id under which HubSpot finds the answer. */
  reference?: string | undefined;
};

type Details = {
  /** HTTP's; none where HubSpot did not answer, or answered about one of a batch. */
  status?: number | undefined;
  correlationId?: string | undefined;
  /** HubSpot's own word for it: a category, or the code of an OAuth error. */
  category?: string | undefined;
  /** Wait this long before the next try. */
  retryAfterMs?: number | undefined;
  pause?: AskedPause | undefined;
  fields?: RefusedField[] | undefined;
  /** HubSpot's own sentence. */
  said?: string | undefined;
  /** Permissions that HubSpot says are wanting. */
  requiredScopes?: string[] | undefined;
  /** The contact that already holds the address, where HubSpot names it. */
  existingId?: string | undefined;
};

/** A call that HubSpot did not answer as hoped. The message holds no personal data; `fields` and `said` may. */
export class RemoteError extends Error {
  override readonly name = "RemoteError";
  readonly status: number | undefined;
  readonly correlationId: string | undefined;
  readonly category: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly pause: AskedPause | undefined;
  readonly existingId: string | undefined;
  readonly requiredScopes: string[] | undefined;
  declare readonly fields: RefusedField[] | undefined;
  declare readonly said: string | undefined;

  constructor(
    readonly kind: RemoteErrorKind,
    message: string,
    details: Details = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.status = details.status;
    this.correlationId = details.correlationId;
    this.category = details.category;
    this.retryAfterMs = details.retryAfterMs;
    this.pause = details.pause;
    this.existingId = details.existingId;
    this.requiredScopes = details.requiredScopes;
    // Not enumerable, so that printing the error does not print what people typed.
    const { fields, said } = details;
    for (const [name, value] of Object.entries({ fields, said }))
      Object.defineProperty(this, name, { value, enumerable: false });
  }
}

/** HubSpot answered no to this request as it is: neither its rate, its credentials nor a passing failure. */
export function isRefusal(error: unknown): error is RemoteError {
  return error instanceof RemoteError && ["rejected", "conflict", "not_found"].includes(error.kind);
}

/** HubSpot does not know what was asked for: it was deleted, or never was. */
export function isNotFound(error: unknown): error is RemoteError {
  return error instanceof RemoteError && error.kind === "not_found";
}
