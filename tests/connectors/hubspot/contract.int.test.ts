import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { exchangeCode, introspect, type OauthApp, refreshTokens, revoke } from "@/connectors/hubspot/oauth";
import { APP, NORTHWIND, type SandboxAccount, SCOPES, startSandboxAccount } from "./sandbox-account";

type Verdict = { ok: boolean; op?: string; errors: string[] };
type Spec = {
  find(method: string, path: string): unknown;
  request(call: { method: string; url: string; body: unknown }): Verdict;
};
type Call = { method: string; url: string; body: unknown };

const folder = process.env.HUBSPOT_CONTRACT_DIR ?? "";
const areas = ["contacts", "properties", "lists", "owners", "accountInfo", "oauth", "appUninstalls"];

if (!folder) {
  test.skip("HubSpot's own API description accepts every request: HUBSPOT_CONTRACT_DIR names no folder", () => {});
} else {
  describe("HubSpot's own API description", () => {
    let specs: Spec[];
    let account: SandboxAccount;
    const calls: Call[] = [];

    beforeAll(async () => {
      const harness = pathToFileURL(join(folder, "harness.mjs")).href;
      const { load } = (await import(/* @vite-ignore */ harness)) as { load: (file: string) => Spec };
      specs = areas.map((area) => load(join(folder, "specs", `${area}.2026-03.json`)));
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
      expect(existsSync(folder)).toBe(true);
      const faults = calls.map((call) => ({ call: `${call.method} ${call.url}`, errors: faultsOf(call) }));
      expect(faults.filter(({ errors }) => errors.length)).toEqual([]);
      const operations = new Set(
        calls.map(({ method, url }) => `${method} ${new URL(url).pathname.replace(/\d{4,}/g, "{id}")}`),
      );
      expect(operations.size).toBeGreaterThanOrEqual(20);
    });

    test("would have found faults", () => {
      const url = "http://x/crm/objects/2026-03/contacts/batch/read";
      expect(faultsOf({ method: "POST", url, body: { inputs: [{ nr: 1 }] } })).not.toEqual([]);
      expect(
        faultsOf({ method: "GET", url: "http://x/crm/objects/2026-03/contacts?limt=5", body: undefined }),
      ).not.toEqual([]);
      expect(
        faultsOf({ method: "GET", url: "http://x/crm/v3/objects/contacts", body: undefined }),
      ).not.toEqual([]);
    });

    function faultsOf(call: Call): string[] {
      const spec = specs.find((candidate) => candidate.find(call.method, new URL(call.url).pathname));
      return spec ? spec.request(call).errors : [`no operation ${call.method} ${new URL(call.url).pathname}`];
    }
  });
}

function recorded(url: string, init: RequestInit = {}): Call {
  const { method = "GET", body } = init;
  const parsed =
    body instanceof URLSearchParams
      ? Object.fromEntries(body)
      : typeof body === "string"
        ? JSON.parse(body)
        : undefined;
  return { method, url, body: parsed };
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
  const [list] = await lists.search("");
  const page = await lists.joinedPage(list?.id ?? "", undefined);
  await lists.membershipsOf(page.members.map(({ contactId }) => contactId));
  await owners.list();
  await details.details();

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
