import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubspotClient, openHubspot } from "@/connectors/hubspot/client";
import { startSandbox } from "@/sandbox/hubspot/start-sandbox";
import { localBudget } from "@/tests/support/local-budget";

export const NORTHWIND = 24_000_001;
export const APP = {
  clientId: "test-client",
  clientSecret: "test-secret",
  appId: 4321,
  redirectUri: "http://127.0.0.1:3000/api/hubspot/callback",
};
export const SCOPES = [
  "oauth",
  "crm.objects.contacts.read",
  "crm.objects.contacts.write",
  "crm.schemas.contacts.read",
  "crm.schemas.contacts.write",
  "crm.lists.read",
  "crm.lists.write",
  "crm.objects.owners.read",
];

export type SandboxAccount = Awaited<ReturnType<typeof startSandboxAccount>>;

/** A sandbox of its own, with the app installed in one account. */
export async function startSandboxAccount(options: { seed?: "demo" | "empty"; rateLimit?: boolean } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "sandbox-hubspot-"));
  const running = await startSandbox({
    dataDir,
    clientId: APP.clientId,
    clientSecret: APP.clientSecret,
    appId: APP.appId,
    seed: options.seed ?? "empty",
    rateLimit: options.rateLimit ?? false,
  });
  const { grants, faults } = running.sandbox;
  const grant = { portalId: NORTHWIND, userId: 5101, scopes: SCOPES };
  const refreshToken = grants.install(grant);
  const { token } = grants.issueAccess(grant, refreshToken);

  /** What a person does in HubSpot's own pages. */
  async function asUser<T = { id: string }>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${running.url}/sandbox/api/accounts/${NORTHWIND}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  return {
    url: running.url,
    sandbox: running.sandbox,
    faults,
    accessToken: token,
    refreshToken,
    asUser,
    open: (more: Partial<Parameters<typeof openHubspot>[0]> = {}): HubspotClient =>
      openHubspot({ apiUrl: running.url, accessToken: async () => token, budget: localBudget(), ...more }),
    newContact: async (properties: Record<string, string>) =>
      (await asUser("POST", "/contacts", { properties })).id,
    async close() {
      await running.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
