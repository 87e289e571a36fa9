// What must be refused, asked of the product as it runs: in words that say what to do, and with nothing lost.
import { createHmac, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { changeNotices } from "@/db/schema/sync";
import { members } from "@/db/schema/workspaces";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { newVisitor, signedInVisitor } from "../support/http-visitor";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { environmentOf } from "../support/product-environment";
import { type Product, startProduct } from "../support/start-product";
import { untilTrue } from "../support/until-true";

const account = 24_000_001;
let product: Product;
let integration: LaunchedIntegration;
let secret: string;
beforeAll(async () => {
  product = await startProduct({ sampleData: false });
  const environment = environmentOf(product);
  secret = environment.HUBSPOT_CLIENT_SECRET ?? "";
  integration = await launchIntegrationIn(environment, { account });
});
afterAll(async () => {
  await integration?.close();
  await product?.stop();
});

it("limits wrong passwords, the right one too while it does, and nobody else (Verifies: R-97)", async () => {
  const other = await launchIntegrationIn(environmentOf(product), { account: 24_000_002 });
  const visitor = newVisitor(product.appUrl);
  const wrong = { ...other.signIn, password: "not the password" };
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect(await visitor.signIn(wrong)).toEqual({ code: "invalid_input", reason: "wrong_password" });
  const limited = { code: "too_many_attempts", values: { minutes: 15 } };
  expect(await visitor.signIn(wrong)).toEqual(limited);
  expect(await visitor.signIn(other.signIn)).toEqual(limited);
  expect(visitor.has("next-auth.session-token")).toBe(false);
  for (const { errors } of [en, ptBr]) {
    expect(errors.wrong_password.length).toBeGreaterThan(20);
    expect(errors.too_many_attempts).toContain("{minutes, plural,");
  }
  await signedInVisitor(product.appUrl, integration.signIn);
  await other.close();
});

describe("coming back from HubSpot", () => {
  const callback = "/api/hubspot/callback";
  const back = (problem: string) => `/settings/integrations?problem=${problem}`;

  it("is refused without a state, and the page says why", async () => {
    const owner = await signedInVisitor(product.appUrl, integration.signIn);
    const response = await owner.request(`${callback}?code=abc`);
    expect(locationOf(response)).toBe(back("state_missing"));
    const page = await (await owner.request(locationOf(response))).text();
    expect(page.includes(en.connectProblem.state_missing)).toBe(true);
  });

  it("is refused a second time with the same state, and with one that was never given", async () => {
    const owner = await signedInVisitor(product.appUrl, integration.signIn);
    const returned = await consentOf(owner);
    expect(locationOf(await owner.request(returned))).toBe(
      `/settings/integrations/${integration.integrationId}`,
    );
    expect(locationOf(await owner.request(returned))).toBe(back("state_used"));
    expect(locationOf(await owner.request(`${callback}?code=abc&state=invented`))).toBe(back("state_used"));
  });

  it("is refused with another session's state, which stays good for its own", async () => {
    const owner = await signedInVisitor(product.appUrl, integration.signIn);
    const other = await launchIntegrationIn(environmentOf(product), { account: 24_000_002 });
    const stranger = await signedInVisitor(product.appUrl, other.signIn);
    const returned = await consentOf(owner);
    expect(locationOf(await stranger.request(returned))).toBe(back("state_used"));
    expect(locationOf(await owner.request(returned))).toBe(
      `/settings/integrations/${integration.integrationId}`,
    );
    await other.close();
  });

  it("without consent connects nothing and leaves what is connected alone", async () => {
    const owner = await signedInVisitor(product.appUrl, integration.signIn);
    expect(locationOf(await owner.request(await consentOf(owner, "cancel")))).toBe(back("consent_denied"));
    const overview = await owner.request(`/api/integrations/${integration.integrationId}/overview`);
    expect(await overview.json()).toMatchObject({ state: "active", brokenReason: null });
  });

  it("has a sentence for every problem, in both languages", () => {
    for (const { connectProblem } of [en, ptBr])
      for (const sentence of Object.values(connectProblem)) expect(sentence).toMatch(/^\p{Lu}.{20,}\.$/su);
  });
});

describe("a webhook", () => {
  it("with a bad signature or an old one is refused, and nothing of it is kept", async () => {
    const notice = noticeOf("900001");
    const now = Date.now();
    for (const attempt of [
      push(notice, { signature: signatureOf(notice, now, "another secret") }),
      push(notice, { signature: null }),
      push(notice, { timestamp: now - 301_000 }),
      push(notice, { timestamp: now + 301_000 }),
      push(`${notice} `, { signature: signatureOf(notice, now), timestamp: now }),
    ])
      expect((await attempt).status).toBe(401);
    expect(await storedNotices("900001")).toBe(0);
  });

  it("with a body over the limit is refused with 413, whether or not it says how long it is", async () => {
    const body = noticeOf("9".repeat(21_000_000));
    expect((await push(body)).status).toBe(413);
    expect((await push(body, { streamed: true })).status).toBe(413);
    expect((await push(body, { streamed: true, signature: null })).status).toBe(401);
  });

  it("that is no list of notices is refused with 400, and one strange notice does not hide the others", async () => {
    for (const body of ["{not json", "", '"text"', "{}"]) expect((await push(body)).status).toBe(400);
    const mixed = `[{"strange":true},null,${noticeOf("900002").slice(1, -1)}]`;
    expect((await push(mixed)).status).toBe(200);
    expect(await storedNotices("900002")).toBe(1);
  });

  it("that is played again, as it was or signed anew, changes nothing more", async () => {
    const email = `${randomUUID()}@replay.example`;
    const contactId = await integration.addContact({ email, firstname: "Rui" });
    const arrived = () =>
      integration.db.$count(
        prospects,
        and(eq(prospects.firstName, "Rui"), eq(prospects.workspaceId, workspace())),
      );
    await untilTrue(async () => (await arrived()) === 1);
    const notice = noticeOf(contactId);
    const now = Date.now();
    const signed = { timestamp: now, signature: signatureOf(notice, now) };
    const before = await storedNotices(contactId);
    for (const attempt of [signed, signed, { timestamp: now + 1000 }])
      expect((await push(notice, attempt)).status).toBe(200);
    expect(await storedNotices(contactId)).toBe(before + 1);
    await untilTrue(async () => (await pendingRecords()) === 0);
    expect(await arrived()).toBe(1);
  });
});

it("sends security headers with pages, answers and refusals alike (Verifies: R-97)", async () => {
  for (const path of ["/sign-in", "/prospects", "/api/health", "/api/prospects", "/no/such/page"]) {
    const { headers } = await fetch(product.appUrl + path, { redirect: "manual" });
    expect({ path, headers: Object.fromEntries(headers) }).toMatchObject({
      path,
      headers: {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": expect.stringContaining("max-age="),
        "permissions-policy": expect.stringContaining("camera=()"),
        "cross-origin-opener-policy": "same-origin",
      },
    });
    expect(headers.get("x-powered-by")).toBeNull();
  }
  const policies = await Promise.all(
    [1, 2].map(async () => (await fetch(`${product.appUrl}/sign-in`)).headers.get("content-security-policy")),
  );
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'; .*frame-ancestors 'none'/);
  expect(policies[0]).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  expect(policies[0]).not.toBe(policies[1]);
});

it("says that it sends no e-mails where no mail server is named, and offers no test of one", async () => {
  const visitor = await signedInVisitor(product.appUrl, integration.signIn);
  const page = await (await visitor.request("/settings/notices")).text();
  const markup = page.replace(/<script[^>]*>.*?<\/script>/gs, "");
  const { offTitle, offText, whenText, test } = en.notices.settings;
  const shown = (words: string) => markup.includes(words);
  expect([offTitle, offText].map(shown)).toEqual([true, true]);
  expect(shown(whenText.slice(0, 20))).toBe(true);
  expect(shown(`>${test}<`)).toBe(false);
});

it("stops a session at once where the membership is taken away", async () => {
  const visitor = await signedInVisitor(product.appUrl, integration.signIn);
  expect((await visitor.request("/api/prospects")).status).toBe(200);
  const own = and(eq(members.userId, integration.ctx.userId), eq(members.workspaceId, workspace()));
  const [membership] = await integration.db.delete(members).where(own).returning();
  const refused = await visitor.request("/api/prospects");
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { error: { code: "forbidden", reason: "no_workspace" } },
  ]);
  if (membership) await integration.db.insert(members).values(membership);
});

function workspace(): string {
  return integration.ctx.workspaceId;
}

function locationOf(response: Response): string {
  const { pathname, search } = new URL(response.headers.get("location") ?? "", product.appUrl);
  return pathname + search;
}

/** Goes to HubSpot from the Connect button and decides there. Gives the address HubSpot sends the browser back to. */
async function consentOf(owner: ReturnType<typeof newVisitor>, decision = "connect"): Promise<string> {
  const connect = await owner.request("/api/hubspot/connect");
  const url = new URL(connect.headers.get("location") ?? "");
  url.searchParams.set("decision", decision);
  const address = `${url.origin}/oauth/${account}/authorize`;
  const response = await fetch(address, { method: "POST", body: url.searchParams, redirect: "manual" });
  return locationOf(response);
}

function noticeOf(contactId: string): string {
  const event = { eventId: Date.now(), subscriptionType: "contact.creation", portalId: account };
  return JSON.stringify([{ ...event, occurredAt: Date.now(), objectId: contactId, changeSource: "CRM_UI" }]);
}

function signatureOf(body: string, timestamp: number, key = secret): string {
  return createHmac("sha256", key)
    .update(`POST${product.appUrl}/api/hubspot/webhooks${body}${timestamp}`)
    .digest("base64");
}

function push(
  body: string,
  given: { signature?: string | null; timestamp?: number; streamed?: boolean } = {},
): Promise<Response> {
  const { timestamp = Date.now(), signature = signatureOf(body, timestamp), streamed = false } = given;
  const headers = new Headers({ "x-hubspot-request-timestamp": String(timestamp) });
  if (signature !== null) headers.set("x-hubspot-signature-v3", signature);
  const sent = streamed ? { body: new Blob([body]).stream(), duplex: "half" } : { body };
  return fetch(`${product.appUrl}/api/hubspot/webhooks`, { method: "POST", headers, ...sent } as RequestInit);
}

function storedNotices(contactId: string): Promise<number> {
  return integration.db.$count(
    changeNotices,
    and(eq(changeNotices.recordId, contactId), eq(changeNotices.kind, "contact.creation")),
  );
}

async function pendingRecords(): Promise<number> {
  const [row] = await integration.db.execute<{ waiting: number }>(
    sql`select count(*)::int as waiting from pending_records where integration_id = ${integration.integrationId}`,
  );
  return row?.waiting ?? -1;
}
