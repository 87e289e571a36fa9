import type { Sandbox } from "../sandbox";
import { splitScopes, unknownScopes } from "./scopes";

export interface AuthorizeRequest {
  redirectUri: string;
  scopes: string[];
  state: string | null;
  challenge?: { value: string; method: string };
}

/** Faults are shown on HubSpot's page: nothing goes to an address that was not checked. */
export function readAuthorizeRequest(
  sandbox: Sandbox,
  input: URLSearchParams,
): { ok: true; request: AuthorizeRequest } | { ok: false; message: string } {
  if (input.get("client_id") !== sandbox.options.clientId)
    return fault("The client ID of the app is missing or not known.");
  const redirectUri = input.get("redirect_uri") ?? "";
  if (!isAllowedRedirect(redirectUri))
    return fault("The redirect address must use https; http is allowed for localhost only.");
  const required = splitScopes(input.get("scope"));
  const scopes = [...new Set([...required, ...splitScopes(input.get("optional_scope"))])];
  const unknown = unknownScopes(scopes);
  if (unknown.length > 0) return fault(`HubSpot does not know these scopes: ${unknown.join(", ")}.`);
  if (!required.includes("oauth")) return fault('The scope "oauth" is missing: every app has to ask for it.');
  const challenge = input.get("code_challenge");
  const method = input.get("code_challenge_method") ?? "plain";
  return {
    ok: true,
    request: {
      redirectUri,
      scopes,
      state: input.get("state"),
      ...(challenge ? { challenge: { value: challenge, method } } : {}),
    },
  };
}

function isAllowedRedirect(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname))
  );
}

function fault(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
