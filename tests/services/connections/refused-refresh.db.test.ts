// Every way in which a renewal can fail, and what becomes of the connection: only the account's own no ends it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { countRefreshFaults } from "@/db/queries/refresh-faults";
import { connections } from "@/db/schema/connections";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { heldToken } from "@/services/connections/access-token";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import type { Ctx } from "@/services/context";
import { NORTHWIND, startWorld, type World } from "./connected-world";

const TOKEN = "/oauth/2026-03/token";

let world: World;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world.sandbox.faults.set({});
  await world.db.execute("update connections set refresh_fault = null");
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  await world.launch(integrationId);
  connectionId = (await world.read(integrationId)).connection.id;
  await world.expire(connectionId);
});
afterAll(() => world.close());

const refresh = async () => (await heldToken(ctx, connectionId)).accessToken;
const refused = (status: number) => () =>
  world.sandbox.faults.set({ failNext: { count: 1, status, match: TOKEN } });
const nothing = () => {};
/** As HubSpot knows our app. */
const setApp = (app: { clientId?: string; clientSecret?: string }) =>
  void Object.assign(world.sandbox.options, app);

type Case = [what: string, cause: () => void, end: () => void, expected: object];

const ended: Case[] = [
  [
    "its access is revoked",
    () => world.sandbox.grants.revokeAll(NORTHWIND),
    nothing,
    { brokenReason: "revoked" },
  ],
  [
    "the app is uninstalled",
    () => world.sandbox.grants.uninstall(NORTHWIND),
    nothing,
    { brokenReason: "revoked" },
  ],
  ["the account is gone", () => hide(NORTHWIND), () => show(NORTHWIND), { brokenReason: "account_gone" }],
];

// Verifies: R-12
describe("a connection ends where", () => {
  test.each(ended)("%s", async (_, cause, end, expected) => {
    cause();
    await expect(refresh()).rejects.toMatchObject({ kind: "unauthorized" });
    end();
    const { integration, connection } = await world.read(integrationId);
    expect(connection).toMatchObject({ ...expected, refreshFault: null });
    expect(integration.state).toBe("broken");
    for (const { overview } of [en, ptBr])
      expect(overview.broken[connection.brokenReason ?? "revoked"]).toMatch(/\. .*[Rr]econ/);
  });
});

const kept: Case[] = [
  [
    "our secret is wrong",
    () => setApp({ clientSecret: "changed at HubSpot" }),
    () => setApp({ clientSecret: "test-secret" }),
    { kind: "credentials", code: "BAD_CLIENT_SECRET" },
  ],
  [
    "our client id is wrong",
    () => setApp({ clientId: "another app" }),
    () => setApp({ clientId: "test-client" }),
    { kind: "credentials", code: "BAD_CLIENT_ID" },
  ],
  ["HubSpot has a new word for no", refused(418), nothing, { kind: "unknown", code: "SANDBOX_FAULT" }],
];

describe("a connection lives on, and whoever runs the app is told, where", () => {
  test.each(kept)("%s", async (_, cause, end, fault) => {
    cause();
    await expect(refresh()).rejects.toMatchObject({ kind: "forbidden" });
    end();
    const { integration, connection } = await world.read(integrationId);
    expect(connection).toMatchObject({ brokenReason: null, refreshFault: fault, refreshingUntil: null });
    expect(integration.state).toBe("active");
    expect(await countRefreshFaults(world.db)).toEqual([
      { kind: connection.refreshFault?.kind, connections: 1 },
    ]);
    for (const { overview } of [en, ptBr])
      expect(overview.refreshFault[connection.refreshFault?.kind ?? "unknown"]).toContain("{code}");

    await world.letAskAgain(connectionId);
    expect(await refresh()).toBeTruthy();
    expect((await world.read(integrationId)).connection.refreshFault).toBeNull();
    expect(await countRefreshFaults(world.db)).toEqual([]);
  });
});

const passing: Case[] = [
  ["it is asked too often", refused(429), nothing, { kind: "rate_limited" }],
  ["it fails", refused(503), nothing, { kind: "transient" }],
  ["it moves house", refused(477), nothing, { kind: "transient" }],
  [
    "it breaks the connection off",
    () => world.sandbox.faults.set({ down: { ms: 60_000, mode: "drop" } }),
    () => world.sandbox.faults.set({}),
    { kind: "transient" },
  ],
];

describe("a connection lives on, and nobody is bothered, where HubSpot's token service is asked and", () => {
  test.each(passing)("%s", async (_, cause, end, expected) => {
    cause();
    await expect(refresh()).rejects.toMatchObject(expected);
    end();
    const { integration, connection } = await world.read(integrationId);
    expect(connection).toMatchObject({ brokenReason: null, refreshFault: null, refreshingUntil: null });
    expect(integration.state).toBe("active");
    await world.letAskAgain(connectionId);
    expect(await refresh()).toBeTruthy();
  });
});

test("the pause that HubSpot's token service asked for is told by its name as long as it lasts", async () => {
  refused(477)();
  await expect(refresh()).rejects.toMatchObject({ pause: { reason: "moving" } });
  await expect(refresh()).rejects.toMatchObject({ kind: "transient", pause: { reason: "moving" } });
  await world.letAskAgain(connectionId);
  refused(503)();
  await expect(refresh()).rejects.toMatchObject({ kind: "transient", pause: undefined });
  await expect(refresh()).rejects.toMatchObject({ kind: "transient", pause: undefined });
  await world.letAskAgain(connectionId);
  expect(await refresh()).toBeTruthy();
});

test("a fault that was told is forgotten when the account is connected again or leaves", async () => {
  const fault = { kind: "unknown" as const, code: "X", at: new Date().toISOString() };
  const acts = [
    () => world.connect(ctx, NORTHWIND, integrationId),
    () => disconnectIntegration({ ctx, input: { integrationId } }),
  ];
  for (const act of acts) {
    await world.db.update(connections).set({ refreshFault: fault }).where(eq(connections.id, connectionId));
    await act();
    expect((await world.read(integrationId)).connection.refreshFault).toBeNull();
  }
});

const hidden = new Map<number, NonNullable<ReturnType<World["sandbox"]["accounts"]["get"]>>>();

/** As if HubSpot had closed the account. */
function hide(portalId: number): void {
  const account = world.sandbox.accounts.get(portalId);
  if (account) hidden.set(portalId, account);
  world.sandbox.accounts.delete(portalId);
}

function show(portalId: number): void {
  const account = hidden.get(portalId);
  if (account) world.sandbox.accounts.set(portalId, account);
}
