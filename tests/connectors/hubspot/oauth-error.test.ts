import { describe, expect, test } from "vitest";
import { isOfTheApp, OauthError, oauthError } from "@/connectors/hubspot/oauth-error";

const answer = (status: number, body: unknown) =>
  oauthError(
    "POST /oauth/token",
    new Response(null, { status }),
    typeof body === "string" ? body : JSON.stringify(body),
  );

type Case = [what: string, status: number, body: unknown, fault: string];
const refusals: Case[] = [
  ["a revoked refresh token", 400, { error: "invalid_grant", status: "BAD_REFRESH_TOKEN" }, "revoked"],
  ["a revoked refresh token in the RFC's word alone", 400, { error: "invalid_grant" }, "revoked"],
  ["an account that withdrew its consent", 400, { error: "access_denied" }, "revoked"],
  ["an account that is gone", 400, { error: "access_denied", status: "BAD_HUB" }, "account_gone"],
  ["a code that was used", 400, { error: "invalid_grant", status: "BAD_AUTH_CODE" }, "code_refused"],
  ["a wrong client id", 400, { error: "invalid_client", status: "BAD_CLIENT_ID" }, "misconfigured"],
  ["a wrong client secret", 400, { error: "invalid_client", status: "BAD_CLIENT_SECRET" }, "misconfigured"],
  ["a wrong client in the RFC's word alone", 401, { error: "invalid_client" }, "misconfigured"],
  ["a client without this right", 400, { error: "unauthorized_client" }, "misconfigured"],
  ["a wrong redirect address", 400, { error: "invalid_grant", status: "BAD_REDIRECT_URI" }, "misconfigured"],
  ["wrong scopes", 400, { error: "invalid_scope", status: "BAD_SCOPES" }, "misconfigured"],
  ["a refusal with a new word", 400, { error: "quantum_error", status: "BAD_QUANTUM" }, "unknown"],
  ["a refusal of the envelope kind", 403, { status: "error", category: "BANNED" }, "unknown"],
  ["a refusal that says nothing", 404, "", "unknown"],
  ["a refusal that is a page", 418, "<html>no</html>", "unknown"],
];

// Verifies: R-12
describe("what the token service refuses", () => {
  test.each(refusals)("%s", (_, status, body, fault) => {
    const error = answer(status, body);
    expect(error).toBeInstanceOf(OauthError);
    expect(error).toMatchObject({ fault });
  });

  test.each(refusals)("%s: whether a connection ends", (_, status, body, fault) => {
    const ours = ["misconfigured", "unknown"].includes(fault);
    const error = answer(status, body) as OauthError;
    expect(error.kind).toBe(ours ? "forbidden" : "unauthorized");
    expect(isOfTheApp(error.fault)).toBe(ours);
  });

  test.each([408, 423, 429, 477, 500, 502, 503, 504, 521])("%i passes, whatever its body says", (status) => {
    const error = answer(status, { error: "invalid_grant", status: "BAD_REFRESH_TOKEN" });
    expect(error).not.toBeInstanceOf(OauthError);
    expect(error.kind).toBe(status === 429 ? "rate_limited" : "transient");
  });
});
