// What the journal answers besides files: that nothing is new, and no. Whom a no of HubSpot concerns: one account, the whole journal, or only our own configuration.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAccountRefusal, isJournalRefusal, openJournal } from "@/connectors/hubspot/journal";
import { startToldServer } from "./told-server";

let server: Awaited<ReturnType<typeof startToldServer>>;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

const journal = () => openJournal({ apiUrl: server.url, clientId: "1", clientSecret: "secret" });
const faultOf = (act: Promise<unknown>) =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  );
const noToken = (status: string) => server.tell({ status: 400, body: { error: "invalid_client", status } });

it.each([
  ["an answer without content", { status: 204 }],
  ["an empty list", { status: 200, body: { results: [] } }],
])("%s means that nothing is new", async (_, nothing) => {
  server.tell({ status: 200, body: { access_token: "token", expires_in: 1800 } }, nothing);
  expect(await journal().filesAfter(null, 10)).toEqual([]);
});

it("is asked for a token again after the token service had failed", async () => {
  const given = { status: 200, body: { access_token: "token", expires_in: 1800 } };
  server.tell({ status: 503 }, given, { status: 204 });
  const reading = journal();
  expect(await faultOf(reading.filesAfter(null, 10))).toMatchObject({ kind: "transient", status: 503 });
  expect(await reading.filesAfter(null, 10)).toEqual([]);
  expect(await reading.filesAfter(null, 10)).toEqual([]);
  expect(server.calls.filter((call) => call.includes("/token"))).toHaveLength(2);
});

describe("a 403", () => {
  const given = { status: 200, body: { access_token: "token", expires_in: 1800 } };

  it("of HubSpot means that the journal is not for our app", async () => {
    server.tell(given, { status: 403, body: { status: "error", category: "MISSING_SCOPES", message: "no" } });
    expect(isJournalRefusal(await faultOf(journal().filesAfter(null, 10)))).toBe(true);
  });

  it("of HubSpot for another reason means the same", async () => {
    server.tell(given, { status: 403, body: { status: "error", category: "NOT_ENABLED", message: "no" } });
    const fault = await faultOf(journal().filesAfter(null, 10));
    expect([isJournalRefusal(fault), isAccountRefusal(fault)]).toEqual([true, true]);
  });

  it("of a gateway in between says nothing of that, nor of an account", async () => {
    const html = { status: 403, headers: { "content-type": "text/html" }, body: "<html>blocked</html>" };
    server.tell(given, html);
    const fault = await faultOf(journal().filesAfter(null, 10));
    expect(fault).toMatchObject({ kind: "forbidden" });
    expect([isJournalRefusal(fault), isAccountRefusal(fault)]).toEqual([false, false]);
  });
});

describe("what the journal is to tell of an account", () => {
  const path = "/webhooks-journal/subscriptions/2026-03";
  const given = { status: 200, body: { access_token: "token", expires_in: 1800 } };
  const row = (id: number, portalId = 7, subscriptionType = "OBJECT") => ({
    ...{ id, portalId, subscriptionType, objectTypeId: "0-1", appId: 1, actions: ["CREATE"] },
    ...{ createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-01T00:00:00Z" },
  });
  const all = (...results: object[]) => ({ status: 200, body: { results } });
  const saved = { status: 200, body: row(9) };
  const gone = { status: 204 };

  it("is told by one subscription: an older one for the same is removed, and no other", async () => {
    const others = [row(1, 8), row(2, 7, "GDPR_PRIVACY_DELETION"), row(9)];
    server.tell(given, saved, all(...others, row(5)), gone);
    await journal().subscribe("7", ["email"]);
    expect(server.calls.slice(1)).toEqual([`POST ${path}`, `GET ${path}`, `DELETE ${path}/5`]);
  });

  it("is told anew where HubSpot will not have a second subscription", async () => {
    const taken = { status: 409, body: { status: "error", category: "CONFLICT", message: "exists" } };
    server.tell(given, taken, all(row(5)), gone, saved, all(row(9)));
    await journal().subscribe("7", ["email"]);
    expect(server.calls.slice(1)).toEqual([
      ...[`POST ${path}`, `GET ${path}`, `DELETE ${path}/5`],
      ...[`POST ${path}`, `GET ${path}`],
    ]);
  });

  it("is no fault where the older one is gone already", async () => {
    server.tell(given, saved, all(row(5), row(9)), { status: 404 });
    await journal().subscribe("7", ["email"]);
    expect(server.calls).toHaveLength(4);
  });
});

describe("a refused token of the app", () => {
  it("without the journal's scopes means that the journal is not for our app, and says nothing of an account", async () => {
    noToken("BAD_SCOPES");
    const fault = await faultOf(journal().subscribe("7", ["email"]));
    expect([isJournalRefusal(fault), isAccountRefusal(fault)]).toEqual([true, false]);
  });

  it.each(["BAD_CLIENT_SECRET", "BAD_CLIENT_ID", "SOMETHING_NEW"])(
    "for %s is no refusal, neither of the journal nor of an account",
    async (status) => {
      noToken(status);
      const fault = await faultOf(journal().subscribe("7", ["email"]));
      expect(fault).toMatchObject({ category: status });
      expect([isJournalRefusal(fault), isAccountRefusal(fault)]).toEqual([false, false]);
    },
  );
});
