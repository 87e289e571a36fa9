// A refusal made on purpose says what HubSpot's own would, so that an app meets the words it will meet there.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ACCOUNT, type Answer, startTestSandbox, type TestSandbox } from "./test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";
let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control("PUT", "/faults", {}));

const fail = (fault: object) =>
  sandbox.control("PUT", "/faults", { failNext: { count: 1, match: contacts, ...fault } });
const refused = async (fault: object, method = "GET", path = contacts): Promise<Answer> => {
  await fail(fault);
  return sandbox.call(method, path, method === "GET" ? undefined : {});
};

test.each([
  [{ status: 400 }, 400, { category: "VALIDATION_ERROR" }],
  [{ category: "VALIDATION_ERROR" }, 400, { category: "VALIDATION_ERROR" }],
  [{ status: 401 }, 401, { category: "INVALID_AUTHENTICATION" }],
  [
    { category: "EXPIRED_AUTHENTICATION" },
    401,
    { message: expect.stringContaining("expired 1 second(s) ago") },
  ],
  [{ status: 404 }, 404, { category: "OBJECT_NOT_FOUND" }],
  [{ category: "CONFLICT" }, 409, { category: "CONFLICT" }],
  [{ status: 423 }, 423, { category: "LOCKED" }],
  [{ status: 500 }, 500, { category: "INTERNAL_ERROR" }],
  [{}, 503, { category: "INTERNAL_ERROR" }],
])("%j answers %i in HubSpot's envelope", async (fault, status, said) => {
  const answer = await refused(fault);
  expect(answer).toMatchObject({ status, body: { status: "error", ...said } });
  expect(answer.body.correlationId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ["GET", contacts, ["crm.objects.contacts.read"]],
  ["POST", `${contacts}/batch/update`, ["crm.objects.contacts.write"]],
])("a missing permission is named: that of %s %s", async (method, path, scopes) => {
  for (const fault of [{ status: 403 }, { category: "MISSING_SCOPES" }])
    expect(await refused(fault, method, path)).toMatchObject({
      status: 403,
      body: { category: "MISSING_SCOPES", errors: [{ context: { requiredGranularScopes: scopes } }] },
    });
});

test.each(["DAILY", "SECONDLY", "TEN_SECONDLY_ROLLING"])("a 429 is of the policy %s", async (policyName) => {
  const said = { status: 429, body: { errorType: "RATE_LIMIT", category: "RATE_LIMITS", policyName } };
  expect(await refused({ policyName })).toMatchObject(said);
  await sandbox.control("PUT", "/faults", { shares: { tooManyRequests: 1, policyName } });
  expect(await sandbox.call("GET", contacts)).toMatchObject(said);
});

test("a 429 that names no policy is of the limit that the call falls under", async () => {
  const policyOf = async (method: string, path: string) =>
    (await refused({ status: 429 }, method, path)).body.policyName;
  expect(await policyOf("GET", contacts)).toBe("TEN_SECONDLY_ROLLING");
  expect(await policyOf("POST", `${contacts}/search`)).toBe("SECONDLY");
});

test("an account that moves says for how long", async () => {
  expect((await refused({ status: 477 })).headers.get("retry-after")).toBe("60");
  const { headers, body } = await refused({ status: 477, retryAfterSeconds: 3600 });
  expect(headers.get("retry-after")).toBe("3600");
  expect(body.category).toBe("MIGRATION_IN_PROGRESS");
});

test.each([502, 504, 521, 522, 523, 524, 525, 526])("%i is a gateway's, in HTML", async (status) => {
  await fail({ status });
  const answer = await fetch(sandbox.url + contacts, { headers: { "user-agent": "sandbox-test" } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("text/html");
  expect(await answer.text()).toContain(`<h1>${status} `);
});

test("a permission is taken back from a live connection, and given again", async () => {
  const read = () => sandbox.call(`GET`, `${contacts}?limit=1`);
  const { refresh_token } = await sandbox.connect();
  expect((await read()).status).toBe(200);
  const scope = `/accounts/${ACCOUNT}/scopes/crm.objects.contacts.read`;
  const { body: left } = await sandbox.control<{ scopes: string[] }>("DELETE", scope);
  expect(left.scopes).toContain("crm.objects.contacts.write");
  expect(left.scopes).not.toContain("crm.objects.contacts.read");
  expect(await read()).toMatchObject({ status: 403, body: { category: "MISSING_SCOPES" } });
  const { body: renewed } = await sandbox.form<{ scopes: string[] }>("/oauth/2026-03/token", {
    ...sandbox.app,
    grant_type: "refresh_token",
    refresh_token,
  });
  expect(renewed.scopes).toEqual(left.scopes);
  await sandbox.control("PUT", scope);
  expect((await read()).status).toBe(200);
});

test("a permission is neither taken from an app that is not there nor one that there is not", async () => {
  const take = (account: number, scope: string) =>
    sandbox.control("DELETE", `/accounts/${account}/scopes/${scope}`);
  expect((await take(24_000_002, "oauth")).status).toBe(404);
  await sandbox.connect();
  expect((await take(ACCOUNT, "crm.objects.horses.read")).status).toBe(404);
});
