import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startTestSandbox, type TestSandbox } from "./test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";
let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control("PUT", "/faults", {});
  await sandbox.control("PATCH", "/settings", {
    rateLimit: false,
    rateLimitMax: 110,
    rateLimitWindowMs: 10_000,
    dailyLimit: null,
    retryAfter: false,
  });
});

test("the 111th call within ten seconds is refused and says by which policy", async () => {
  await sandbox.control("PATCH", "/settings", { rateLimit: true });
  const answers = await Promise.all(
    Array.from({ length: 115 }, () => sandbox.call("GET", `${contacts}?limit=1`)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(110);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" });
  expect(refused?.headers.get("x-hubspot-ratelimit-max")).toBe("110");
  expect(refused?.headers.get("x-hubspot-ratelimit-remaining")).toBe("0");
});

test("searches have a limit of their own and no rate limit headers", async () => {
  await sandbox.control("PATCH", "/settings", { rateLimit: true });
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => sandbox.call("POST", `${contacts}/search`, {})),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429]);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ message: "You have reached your secondly limit." });
  expect(answers.some(({ headers }) => headers.has("x-hubspot-ratelimit-max"))).toBe(false);
});

test("the window can be given another size, ends by itself, and says when to come back if it is told to", async () => {
  const size = (rateLimitMax: number, rateLimitWindowMs: number) =>
    sandbox.control("PATCH", "/settings", {
      rateLimit: true,
      rateLimitMax,
      rateLimitWindowMs,
      retryAfter: true,
    });
  const get = () => sandbox.call("GET", `${contacts}?limit=1`);
  await size(1, 60_000);
  await get();
  const refused = await get();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(refused.headers.get("x-hubspot-ratelimit-max")).toBe("1");
  expect(refused.headers.get("x-hubspot-ratelimit-interval-milliseconds")).toBe("60000");
  await size(1, 100);
  await vi.waitUntil(async () => (await get()).status === 200, { timeout: 60_000, interval: 150 });
});

test("a daily limit refuses what is over it until the account's midnight", async () => {
  await sandbox.control("PATCH", "/settings", { rateLimit: true, dailyLimit: 2, retryAfter: true });
  const get = async () => sandbox.raw("GET", contacts, undefined, (await sandbox.connect()).access_token);
  expect((await get()).headers.get("x-hubspot-ratelimit-daily-remaining")).toBe("1");
  await get();
  const refused = await get();
  expect(refused).toMatchObject({
    status: 429,
    body: { policyName: "DAILY", message: "You have reached your daily limit." },
  });
  const seconds = Number(refused.headers.get("retry-after"));
  await sandbox.control("PATCH", "/clock", { advanceMs: (seconds - 60) * 1000 });
  expect((await get()).status).toBe(429);
  await sandbox.control("PATCH", "/clock", { advanceMs: 61_000 });
  expect((await get()).status).toBe(200);
  sandbox.reconnect();
});

test("the next calls fail as asked, and only those that match", async () => {
  await sandbox.control("PUT", "/faults", { failNext: { count: 2, status: 502, match: "POST /crm" } });
  const call = (method: string) =>
    sandbox.call(method, contacts, method === "POST" ? { properties: { firstname: "F" } } : undefined);
  const statuses = [];
  for (const method of ["GET", "POST", "POST", "POST"]) statuses.push((await call(method)).status);
  expect(statuses).toEqual([200, 502, 502, 201]);
});

test("while down it refuses the app, but not its own page", async () => {
  await sandbox.control("PUT", "/faults", { down: { ms: 60_000 } });
  expect((await sandbox.call("GET", contacts)).status).toBe(503);
  expect((await sandbox.form("/oauth/2026-03/token", {})).status).toBe(503);
  expect((await fetch(sandbox.url)).status).toBe(200);
  await sandbox.control("PUT", "/faults", { down: { ms: 60_000, mode: "drop" } });
  await expect(sandbox.call("GET", contacts)).rejects.toThrow("fetch failed");
});

test("a write that is done and never answered is there afterwards", async () => {
  for (const how of ["apply-then-drop", "apply-then-refuse", "drop"]) {
    await sandbox.control("PUT", "/faults", { failNext: { count: 1, how, status: 504, match: "POST" } });
    const write = sandbox.call("POST", contacts, { properties: { email: `${how}@fault.example` } });
    if (how === "apply-then-refuse") expect((await write).status).toBe(504);
    else await expect(write).rejects.toThrow("fetch failed");
    const found = await sandbox.call("GET", `${contacts}/${how}@fault.example?idProperty=email`);
    expect(found.status).toBe(how === "drop" ? 404 : 200);
  }
});

test("a batch is answered in part, with a fault in the place of its last result", async () => {
  const made = await Promise.all(
    ["a", "b"].map((firstname) =>
      sandbox.call<{ id: string }>("POST", contacts, { properties: { firstname } }),
    ),
  );
  const inputs = made.map(({ body }) => ({ id: body.id }));
  await sandbox.control("PUT", "/faults", { failNext: { count: 1, how: "in-part", match: "batch/read" } });
  const read = () =>
    sandbox.call<{ results: object[] }>("POST", `${contacts}/batch/read`, { inputs, properties: [] });
  expect(await read()).toMatchObject({
    status: 207,
    body: { results: [inputs[0]], numErrors: 1, errors: [{ category: "INTERNAL_ERROR" }] },
  });
  const whole = await read();
  expect(whole.status).toBe(200);
  expect(whole.body.results).toHaveLength(2);
});

test("a share of the calls fails, the same ones for the same seed, and a 429 names its policy", async () => {
  const statuses = async (seed: number) => {
    await sandbox.control("PUT", "/faults", {
      shares: { tooManyRequests: 0.3, serverError: 0.2, seed, retryAfterSeconds: 7 },
    });
    const answers = [];
    for (let at = 0; at < 40; at++) answers.push(await sandbox.call("GET", `${contacts}?limit=1`));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ policyName: "TEN_SECONDLY_ROLLING", errorType: "RATE_LIMIT" });
    expect(refused?.headers.get("retry-after")).toBe("7");
    return answers.map(({ status }) => status);
  };
  const first = await statuses(3);
  expect(await statuses(3)).toEqual(first);
  expect(await statuses(4)).not.toEqual(first);
  expect(new Set(first)).toEqual(new Set([200, 429, 502, 503]));
});

test("the app's secret can be made wrong", async () => {
  const fields = {
    ...sandbox.app,
    grant_type: "client_credentials",
    scope: "developer.webhooks_journal.read",
  };
  await sandbox.control("PUT", "/faults", { wrongClientSecret: true });
  expect(await sandbox.form("/oauth/2026-03/token", fields)).toMatchObject({
    status: 400,
    body: { error: "invalid_client", status: "BAD_CLIENT_SECRET" },
  });
  await sandbox.control("PUT", "/faults", {});
  expect((await sandbox.form("/oauth/2026-03/token", fields)).status).toBe(200);
});

test("made-up contacts are loaded in any number, and the app is not told", async () => {
  const load = (count: number) =>
    sandbox.control<{ contacts: number }>("POST", "/accounts/24000002/contacts/load", { count });
  expect((await load(1500)).body.contacts).toBe(1500);
  expect((await load(10)).body.contacts).toBe(1510);
  const { body } = await sandbox.control<{ webhooks: { pending: number } }>("GET", "/state");
  expect(body.webhooks.pending).toBe(0);
});

test("nothing is dated after the account's clock: not who was loaded, nor what happens to them within one millisecond", async () => {
  const { body: clock } = await sandbox.control<{ now: number }>("PATCH", "/clock", { frozen: true });
  await sandbox.control("POST", "/accounts/24000001/contacts/load", { count: 500 });
  const dated = async (operator: string, at: number) => {
    const filters = [{ propertyName: "lastmodifieddate", operator, value: String(at) }];
    const search = { filterGroups: [{ filters }], limit: 1 };
    return (
      await sandbox.call<{ total: number; results: { id: string }[] }>("POST", `${contacts}/search`, search)
    ).body;
  };
  expect((await dated("GT", clock.now)).total).toBe(0);
  const [loaded] = (await dated("LTE", clock.now)).results;
  const path = `/accounts/24000001/contacts/${loaded?.id}`;
  for (const city of ["Recife", "Natal", "Belém"])
    await sandbox.control("PATCH", path, { properties: { city } });
  const ahead = async () => {
    const { body } = await sandbox.control<{ clock: { now: number } }>("GET", "/state");
    return (await dated("GT", body.clock.now)).total;
  };
  expect(await ahead()).toBe(0);
  await sandbox.control("DELETE", path);
  await sandbox.control("POST", `${path}/restore`);
  expect(await ahead()).toBe(0);
  expect((await dated("GTE", clock.now)).total).toBe(1);
  await sandbox.control("PATCH", "/clock", { frozen: false });
});

test("the state counts calls by operation and status", async () => {
  await sandbox.control("DELETE", "/counters");
  await sandbox.call("GET", `${contacts}/1`);
  const { body } = await sandbox.control<{ requests: object }>("GET", "/state");
  expect(body.requests).toEqual({ [`GET ${contacts}/:id`]: { requests: 1, statuses: { 404: 1 } } });
});

test.each([
  [{ origin: "https://evil.example" }],
  [{ "sec-fetch-site": "cross-site" }],
  [{ "content-type": "text/plain" }],
])("a change that another site asks for is refused: %j", async (headers) => {
  const answer = await fetch(`${sandbox.url}/sandbox/api/reset`, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json", ...headers },
  });
  expect([400, 403]).toContain(answer.status);
});

test("a reset brings back the sample data, the same every time", async () => {
  const emails = async () => {
    await sandbox.control("POST", "/reset", { seed: "demo" });
    const { body } = await sandbox.control<{ total: number; results: { id: string; properties: object }[] }>(
      "GET",
      "/accounts/24000001/contacts?limit=200",
    );
    return body;
  };
  const first = await emails();
  expect(first.total).toBe(400);
  expect((await emails()).results).toEqual(first.results);
});
