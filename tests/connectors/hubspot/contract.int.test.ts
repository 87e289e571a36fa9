import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openJournal } from "@/connectors/hubspot/journal";
import { exchangeCode, introspect, type OauthApp, refreshTokens, revoke } from "@/connectors/hubspot/oauth";
import { declaredOperations } from "@/scripts/test/contract/declared-calls";
import type { Exchange } from "@/scripts/test/contract/exchange";
import { type Contract, openContract } from "@/scripts/test/contract/open-contract";
import { APP, NORTHWIND, type SandboxAccount, SCOPES, startSandboxAccount } from "./sandbox-account";

const folder = process.env.HUBSPOT_CONTRACT_DIR ?? "";

if (!folder) {
  test.skip("HubSpot's own API description accepts every request: HUBSPOT_CONTRACT_DIR names no folder", () => {});
} else {
  describe("HubSpot's own API description", () => {
    let contract: Contract;
    let account: SandboxAccount;
    const calls: Exchange[] = [];

    beforeAll(async () => {
      contract = await openContract(folder);
      account = await startSandboxAccount({ seed: "demo" });
      const send = globalThis.fetch;
      vi.stubGlobal("fetch", (url: string, init?: RequestInit) => {
        if (!url.includes("/sandbox/api/")) calls.push(recorded(url, init));
        return send(url, init);
      });
      await useEverything(account);
      vi.unstubAllGlobals();
    });
    afterAll(() => account?.close());

    test("has every request that the connector makes, and finds no fault in it", () => {
      const faults = calls.map((call) => ({
        call: `${call.method} ${call.url}`,
        errors: contract.requestFaults(call),
      }));
      expect(faults.filter(({ errors }) => errors.length)).toEqual([]);
      const made = new Set(calls.map(({ method, url }) => contract.operation(method, url)));
      expect([...made].sort()).toEqual(declaredOperations());
      // Several calls are one operation, which a parameter tells apart.
      const asked = calls.map(({ url }) => new URL(url, "http://hubspot"));
      for (const [path, parameter, value] of [
        ["/crm/properties/2026-03/contacts", "dataSensitivity", "sensitive"],
        ["/crm/properties/2026-03/contacts", "dataSensitivity", "highly_sensitive"],
        ["/crm/properties/2026-03/contacts", "archived", "true"],
        ["/crm/objects/2026-03/contacts", "archived", "true"],
      ] as const)
        expect(
          asked.some(
            ({ pathname, searchParams }) => pathname === path && searchParams.get(parameter) === value,
          ),
          `${path} ${parameter}=${value}`,
        ).toBe(true);
    });
  });
}

function recorded(url: string, init: RequestInit = {}): Exchange {
  const sent = new Request(url, init);
  const { body } = init;
  const parsed =
    body instanceof URLSearchParams
      ? Object.fromEntries(body)
      : typeof body === "string"
        ? JSON.parse(body)
        : null;
  const header = (name: string) => sent.headers.get(name) ?? "";
  return {
    method: sent.method,
    url: sent.url.slice(new URL(url).origin.length),
    request: {
      agent: "",
      accept: header("accept"),
      contentType: header("content-type"),
      authorization: header("authorization").split(" ")[0]?.toLowerCase() ?? "",
      body: parsed,
    },
    answer: null,
  };
}

async function useEverything(account: SandboxAccount): Promise<void> {
  const { contacts, properties, lists, owners, account: details } = account.open();
  const made = await contacts.create([
    { trace: "a", properties: { email: "ana@example.org", firstname: "Ana" } },
    { trace: "b", properties: { email: "ana@example.org" } },
  ]);
  const created = made.get("a");
  const id = created?.ok ? created.contact.id : "";
  await contacts.readByIds([id, "404404404"], ["email"]);
  await contacts.readByEmails(["ana@example.org", "nobody@example.org"], ["email"]);
  await contacts.update([{ id, properties: { city: "Recife" } }]);
  // One by one, as after a batch that was refused as a whole.
  account.faults.set({ failNext: { count: 1, status: 400, match: "batch/update" } });
  await contacts.update([{ id, properties: { city: "" } }]);
  account.faults.set({ failNext: { count: 1, status: 400, match: "batch/create" } });
  await contacts.create([{ trace: "c", properties: { email: "bo@example.org" } }]);
  account.faults.set({});
  await contacts.readHistories([{ id, properties: ["city", "email"] }]);
  const going = await account.newContact({ email: "going@example.org" });
  await contacts.archive([going]);
  await contacts.readArchivedByIds([going], ["email"]);
  account.faults.set({ failNext: { count: 1, status: 400, match: "batch/archive" } });
  await contacts.archive([going]);
  account.faults.set({});
  const { next } = await contacts.listPage(undefined, ["email", "city"]);
  await contacts.listPage(next, []);
  await contacts.listArchivedPage(undefined);
  await contacts.searchChanged({ from: new Date(0), until: new Date(), afterId: "", properties: ["email"] });
  await contacts.searchChanged({ from: new Date(0), until: new Date(), afterId: id, properties: [] });
  await properties.list();
  for (const type of ["text", "number", "date", "datetime", "boolean", "choice", "choices"] as const)
    await properties.create({
      name: `made_${type}`,
      label: `Made ${type}`,
      type,
      options: [{ value: "a", label: "A" }],
    });
  await properties.create({ name: "badge", label: "Badge", type: "text", options: [], unique: true });
  await properties.listArchived();
  await properties.listSensitive();
  await contacts.update([{ id, properties: { badge: "a-17" } }]);
  await contacts.readByUnique("badge", ["a-17", "a-18"], ["email"]);
  const [list] = await lists.search("");
  const page = await lists.joinedPage(list?.id ?? "", undefined);
  await lists.membershipsOf(page.members.map(({ contactId }) => contactId));
  await owners.listUsers();
  await details.details();
  await useJournal(account);

  const app: OauthApp = { ...APP, apiUrl: account.url, appUrl: account.url };
  const code = account.sandbox.grants.issueCode({
    portalId: NORTHWIND,
    redirectUri: APP.redirectUri,
    scopes: SCOPES,
  });
  const tokens = await exchangeCode(app, code);
  const renewed = await refreshTokens(app, tokens.refreshToken);
  await introspect(app, renewed.accessToken);
  await details.uninstall();
  await revoke(app, renewed.refreshToken);
}

async function useJournal({ sandbox, url, newContact }: SandboxAccount): Promise<void> {
  const { clientId, clientSecret } = APP;
  const journal = openJournal({ apiUrl: url, clientId, clientSecret });
  const portal = String(NORTHWIND);
  sandbox.settings.change({ journalDelayMs: 0, journalReplaces: false });
  await journal.subscribe(portal, ["email"]);
  // Another one for the same is taken away again, each by its number.
  await journal.subscribe(portal, ["email", "city"]);
  await journal.subscribePrivacyDeletions(portal);
  await journal.subscribeUninstalls();
  await newContact({ email: "told@example.org" });
  const [first] = await journal.filesAfter(null, 5);
  await journal.filesAfter(first?.offset ?? "", 5);
  await journal.unsubscribe(portal);
}
