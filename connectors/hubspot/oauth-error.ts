import { z } from "zod";
import { CORRELATION_ID, errorFromResponse } from "./read-error";
import { RemoteError } from "./remote-error";

/**
 * revoked: the account withdrew its consent. account_gone: there is no such account any more.
 * code_refused: this one-time code is used or too old. misconfigured: HubSpot does not know our app by
 * these credentials, which is our fault and says nothing about the account. unknown: HubSpot has a new word for no;
 * as long as nobody knows what it means, nobody is disconnected for it. token_refused: HubSpot's API takes no token that its
 * own token service has just given, which is therefore not asked for another.
 */
export type OauthFault =
  | "revoked"
  | "account_gone"
  | "code_refused"
  | "misconfigured"
  | "unknown"
  | "token_refused";

export class OauthError extends RemoteError {
  constructor(
    readonly fault: OauthFault,
    message: string,
    details: { correlationId?: string | undefined; category?: string | undefined },
  ) {
    super(isOfTheApp(fault) ? "forbidden" : "unauthorized", message, details);
  }
}

/** Whether it is about our app, for all accounts alike, and no account's doing. */
export function isOfTheApp(fault: OauthFault): boolean {
  return fault === "misconfigured" || fault === "unknown" || fault === "token_refused";
}

/** RFC 6749's fields with HubSpot's own status beside them. */
const Body = z.object({
  error: z.string().optional(),
  status: z.string().optional(),
  /** Of the envelope of HubSpot's other areas, whose status is no more than "error". */
  category: z.string().optional(),
  correlationId: z.string().optional(),
});

export function oauthError(call: string, response: Response, text: string): RemoteError {
  const { status, headers } = response;
  if (status === 423 || status === 429 || status === 477 || status === 408 || status >= 500)
    return errorFromResponse(call, status, headers, text);
  const body = parse(text);
  const category = (body.status === "error" ? body.category : body.status) ?? body.error;
  return new OauthError(faultOf(body), `${call}: ${status} ${category ?? ""}`.trim(), {
    category,
    correlationId: body.correlationId ?? headers.get(CORRELATION_ID) ?? undefined,
  });
}

// HubSpot's status is more exact than the RFC's word: a wrong redirect address is an "invalid_grant" too.
function faultOf({ error, status }: z.infer<typeof Body>): OauthFault {
  switch (status) {
    case "BAD_REFRESH_TOKEN":
      return "revoked";
    case "BAD_HUB":
      return "account_gone";
    case "BAD_AUTH_CODE":
      return "code_refused";
    case "BAD_CLIENT_ID":
    case "BAD_CLIENT_SECRET":
    case "BAD_REDIRECT_URI":
    case "BAD_CODE_VERIFIER":
    case "BAD_SCOPES":
      return "misconfigured";
  }
  switch (error) {
    case "invalid_grant":
    case "access_denied":
      return "revoked";
    case "invalid_client":
    case "unauthorized_client":
    case "invalid_scope":
      return "misconfigured";
  }
  return "unknown";
}

function parse(text: string): z.infer<typeof Body> {
  try {
    return Body.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
