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

describe("a 403", () => {
  const given = { status: 200, body: { access_token: "token", expires_in: 1800 } };

  it("of HubSpot means that the journal is not for our app", async () => {
    server.tell(given, { status: 403, body: { status: "error", category: "MISSING_SCOPES", message: "no" } });
    expect(isJournalRefusal(await faultOf(journal().filesAfter(null, 10)))).toBe(true);
  });

  it("of a gateway in between says nothing of that, nor of an account", async () => {
    const html = { status: 403, headers: { "content-type": "text/html" }, body: "<html>blocked</html>" };
    server.tell(given, html);
    const fault = await faultOf(journal().filesAfter(null, 10));
    expect(fault).toMatchObject({ kind: "forbidden" });
    expect([isJournalRefusal(fault), isAccountRefusal(fault)]).toEqual([false, false]);
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
