export type ServiceErrorCode =
  | "not_found"
  | "forbidden"
  | "signed_out"
  | "invalid_input"
  | "already_exists"
  | "in_use"
  | "out_of_date"
  | "too_many_attempts"
  | "connection_broken"
  | "hubspot_unavailable"
  | "hubspot_refused"
  | "mail_refused"
  | "expired";

/**
 * An expected failure of a verb. `message` is for logs; people read the text `errors.<code>`,
 * or `errors.<reason>` where the verb gives a more exact one. `fields` maps an input's name to a reason.
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  constructor(
    readonly code: ServiceErrorCode,
    message: string,
    readonly details: {
      reason?: string;
      values?: Record<string, string | number>;
      fields?: Record<string, string>;
      /** What HubSpot's support finds its answer by. */
      reference?: string;
    } = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
