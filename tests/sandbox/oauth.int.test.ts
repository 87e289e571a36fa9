import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ACCOUNT,
  APP,
  REDIRECT,
  SCOPES,
  startTestSandbox,
  type TestSandbox,
  type Tokens,
} from "./test-sandbox";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const details = "/account-info/2026-03/details";

function token<T = Tokens>(fields: Record<string, string>) {
  return sandbox.form<T>("/oauth/2026-03/token", { ...sandbox.app, ...fields });
}

function authorize(changes: Record<string, string> = {}) {
  const query = {
    client_id: APP.clientId,
    redirect_uri: REDIRECT,
    scope: SCOPES.join(" "),
    state: "s1",
    ...changes,
  };
  return fetch(`${sandbox.url}/oauth/authorize?${new URLSearchParams(query)}`);
}

test("the chooser offers both accounts, and the review names the scopes in words", async () => {
  const chooser = await (await authorize()).text();
  expect(chooser).toContain("Northwind Sales");
  expect(chooser).toContain("Blue Harbor Demo");
  const review = await fetch(
    `${sandbox.url}/oauth/${ACCOUNT}/authorize?${new URLSearchParams({ client_id: APP.clientId, redirect_uri: REDIRECT, scope: SCOPES.join(" ") })}`,
  );
  expect(await review.text()).toContain("Create, change and delete contacts");
});

test.each([
  [{ client_id: "other" }],
  [{ redirect_uri: "http://evil.example/callback" }],
  [{ redirect_uri: "javascript:alert(1)" }],
  [{ scope: "oauth crm.everything" }],
  [{ scope: "crm.objects.contacts.read" }],
])("a faulty request is refused on the page, without a redirect: %j", async (changes) => {
  const answer = await authorize(changes);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('role="alert"');
});

test("markup in the query is shown as text", async () => {
  const answer = await fetch(
    `${sandbox.url}/oauth/${ACCOUNT}/authorize?${new URLSearchParams({ client_id: APP.clientId, redirect_uri: REDIRECT, scope: "oauth", state: '"><script>' })}`,
  );
  expect(await answer.text()).not.toContain('"><script>');
});

test("connecting comes back with code and state, cancelling with access_denied", async () => {
  const connected = new URL((await sandbox.consent("connect")).headers.get("location") ?? "");
  expect(connected.searchParams.get("state")).toBe("s1");
  expect(connected.searchParams.get("code")).toBeTruthy();
  const cancelled = new URL((await sandbox.consent("cancel")).headers.get("location") ?? "");
  expect(cancelled.searchParams.get("error")).toBe("access_denied");
  expect(cancelled.searchParams.get("code")).toBeNull();
});

test("a consent that another site sends is refused", async () => {
  const answer = await fetch(`${sandbox.url}/oauth/${ACCOUNT}/authorize`, {
    method: "POST",
    headers: { origin: "https://evil.example" },
    body: new URLSearchParams({
      client_id: APP.clientId,
      redirect_uri: REDIRECT,
      scope: "oauth",
      decision: "connect",
    }),
  });
  expect(answer.status).toBe(403);
});

test("a code gives tokens for its account once", async () => {
  const fields = { grant_type: "authorization_code", redirect_uri: REDIRECT, code: await sandbox.code() };
  const first = await token(fields);
  expect(first.body).toMatchObject({
    token_type: "bearer",
    expires_in: 1800,
    hub_id: ACCOUNT,
    scopes: SCOPES,
  });
  expect((await sandbox.raw("GET", details, undefined, first.body.access_token)).body).toMatchObject({
    portalId: ACCOUNT,
  });
  const second = await token(fields);
  expect(second.status).toBe(400);
  expect(second.body).toMatchObject({ error: "invalid_grant", status: "BAD_AUTH_CODE" });
});

test("what is wrong with a token request is told by its status", async () => {
  const code = () => sandbox.code();
  const grant = { grant_type: "authorization_code", redirect_uri: REDIRECT };
  const refusals: [Record<string, string>, string, string][] = [
    [{ ...grant, code: await code(), client_id: "x" }, "invalid_client", "BAD_CLIENT_ID"],
    [{ ...grant, code: await code(), client_secret: "x" }, "invalid_client", "BAD_CLIENT_SECRET"],
    [
      { ...grant, code: await code(), redirect_uri: "http://127.0.0.1/x" },
      "invalid_grant",
      "BAD_REDIRECT_URI",
    ],
    [{ grant_type: "refresh_token", refresh_token: "x" }, "invalid_grant", "BAD_REFRESH_TOKEN"],
    [{ grant_type: "password" }, "unsupported_grant_type", "BAD_GRANT_TYPE"],
  ];
  for (const [fields, error, status] of refusals) {
    const answer = await token(fields);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error, status, error_description: expect.any(String) });
  }
});

test("a code with a challenge wants its verifier", async () => {
  const verifier = "a-long-enough-verifier";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const grant = { grant_type: "authorization_code", redirect_uri: REDIRECT };
  const code = () => sandbox.code({ code_challenge: challenge, code_challenge_method: "S256" });
  expect((await token({ ...grant, code: await code() })).body).toMatchObject({ status: "BAD_CODE_VERIFIER" });
  expect((await token({ ...grant, code: await code(), code_verifier: verifier })).status).toBe(200);
});

test("a refresh keeps the refresh token by default and changes it when rotation is on", async () => {
  const { refresh_token } = await sandbox.connect();
  const fields = { grant_type: "refresh_token", refresh_token };
  expect((await token(fields)).body.refresh_token).toBe(refresh_token);
  await sandbox.control("PATCH", "/settings", { rotateRefreshTokens: true });
  const rotated = await token(fields);
  expect(rotated.body.refresh_token).not.toBe(refresh_token);
  expect((await token(fields)).status).toBe(400);
  await sandbox.control("PATCH", "/settings", { rotateRefreshTokens: false });
});

test('introspection describes live tokens and says only "inactive" of others', async () => {
  const { access_token, refresh_token } = await sandbox.connect();
  const introspect = (text: string) =>
    sandbox.form("/oauth/2026-03/token/introspect", { ...sandbox.app, token: text });
  expect((await introspect(access_token)).body).toMatchObject({
    active: true,
    token_use: "access_token",
    hub_id: ACCOUNT,
  });
  expect((await introspect(refresh_token)).body).toMatchObject({ active: true, token_use: "refresh_token" });
  expect(await introspect("unknown")).toMatchObject({ status: 200, body: { active: false } });
});

test("an expired access token is told apart from one that was revoked", async () => {
  const { access_token, refresh_token } = await sandbox.connect();
  await sandbox.control("POST", `/accounts/${ACCOUNT}/expire-tokens`);
  const expired = await sandbox.raw("GET", details, undefined, access_token);
  expect(expired).toMatchObject({ status: 401, body: { category: "EXPIRED_AUTHENTICATION" } });
  const { body } = await token({ grant_type: "refresh_token", refresh_token });
  await sandbox.form("/oauth/2026-03/token/revoke", { ...sandbox.app, token: refresh_token });
  const revoked = await sandbox.raw("GET", details, undefined, body.access_token);
  expect(revoked).toMatchObject({ status: 401, body: { category: "INVALID_AUTHENTICATION" } });
  expect((await token({ grant_type: "refresh_token", refresh_token })).body).toMatchObject({
    status: "BAD_REFRESH_TOKEN",
  });
});

test("uninstalling ends the tokens of that account only", async () => {
  const here = await sandbox.connect();
  const there = await sandbox.connect({}, 24_000_002);
  const uninstall = await sandbox.raw(
    "DELETE",
    "/appinstalls/2026-03/external-install",
    undefined,
    here.access_token,
  );
  expect(uninstall.status).toBe(204);
  expect((await sandbox.raw("GET", details, undefined, here.access_token)).status).toBe(401);
  expect((await sandbox.raw("GET", details, undefined, there.access_token)).body).toMatchObject({
    portalId: 24_000_002,
  });
});

test("a call without the scope is refused by the name of the scope", async () => {
  const { access_token } = await sandbox.connect({ scope: "oauth" });
  const answer = await sandbox.raw("GET", "/crm/owners/2026-03/", undefined, access_token);
  expect(answer).toMatchObject({
    status: 403,
    body: {
      category: "MISSING_SCOPES",
      errors: [{ context: { requiredGranularScopes: ["crm.objects.owners.read"] } }],
    },
  });
});
