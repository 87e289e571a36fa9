import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { LONGEST_TOKEN_CALL_MS, LONGEST_TOKEN_WAIT_MS } from "@/connectors/hubspot/oauth";
import { connections } from "@/db/schema/connections";
import { activities, pendingRecords } from "@/db/schema/sync";
import { heldToken } from "@/services/connections/access-token";
import { openConnection } from "@/services/connections/open-connection";
import { forPerson } from "@/services/connections/remote-failure";
import type { Ctx } from "@/services/context";
import { markPending } from "@/services/pending/mark-pending";
import { NORTHWIND, startWorld, type World } from "./connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world.sandbox.faults.set({});
  world.sandbox.settings.change({ rotateRefreshTokens: false });
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  await world.launch(integrationId);
  connectionId = (await world.read(integrationId)).connection.id;
  world.sandbox.counters.clear();
});
afterAll(() => world.close());

const token = async () => (await heldToken(ctx, connectionId)).accessToken;
const secondsUntil = async (time: typeof connections.refreshingUntil) => {
  const [row] = await world.db
    .select({ seconds: sql<number>`extract(epoch from ${time} - now())::float8` })
    .from(connections)
    .where(eq(connections.id, connectionId));
  return row?.seconds ?? 0;
};
const refreshes = () => world.sandbox.counters.read()["POST /oauth/2026-03/token"]?.requests ?? 0;

// Verifies: R-11
describe("renewing a token", () => {
  test("a token with time left is used as it is", async () => {
    const first = await token();
    expect(await token()).toBe(first);
    expect(refreshes()).toBe(0);
  });

  test("twenty who need a new one at once cause one refresh and get the same token", async () => {
    await world.expire(connectionId);
    world.sandbox.faults.set({ latencyMs: 150 });
    const tokens = await Promise.all(Array.from({ length: 20 }, token));
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes()).toBe(1);
  });

  test("it is renewed five minutes before its end", async () => {
    const soon = new Date(Date.now() + 4 * 60_000);
    await world.db.update(connections).set({ expiresAt: soon }).where(eq(connections.id, connectionId));
    await token();
    expect(refreshes()).toBe(1);
    expect((await world.read(integrationId)).connection.expiresAt.getTime()).toBeGreaterThan(
      Date.now() + 25 * 60_000,
    );
  });

  test("whatever refresh token comes back is kept", async () => {
    world.sandbox.settings.change({ rotateRefreshTokens: true });
    const before = (await world.read(integrationId)).connection;
    for (let round = 0; round < 3; round++) {
      await world.expire(connectionId);
      await token();
    }
    const after = (await world.read(integrationId)).connection;
    expect(after.tokenVersion).toBe(before.tokenVersion + 3);
    expect(refreshes()).toBe(3);
  });

  test("HubSpot being away does not stop a token that still has minutes, and breaks nothing", async () => {
    const soon = new Date(Date.now() + 4 * 60_000);
    await world.db.update(connections).set({ expiresAt: soon }).where(eq(connections.id, connectionId));
    world.sandbox.faults.set({ down: { ms: 60_000, mode: "503" } });
    expect(await token()).toBeTruthy();
    await world.expire(connectionId);
    await expect(token()).rejects.toMatchObject({ kind: "transient" });
    expect((await world.read(integrationId)).integration.state).toBe("active");
    world.sandbox.faults.set({});
    await world.letAskAgain(connectionId);
    expect(await token()).toBeTruthy();
  });

  test("a process that died while refreshing holds nobody up for longer than its lease", async () => {
    await world.expire(connectionId);
    // It dies while HubSpot is asked: its lease is never given back.
    const asked = vi.spyOn(globalThis, "fetch").mockImplementation(() => new Promise(() => {}));
    void token();
    await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 60_000);
    asked.mockRestore();
    // All by the database's clock: it outlives the longest call, and whoever waits outlives it.
    const lease = await secondsUntil(connections.refreshingUntil);
    expect(lease).toBeGreaterThan(LONGEST_TOKEN_CALL_MS / 1000);
    expect(lease).toBeLessThan(LONGEST_TOKEN_WAIT_MS / 1000);
    await world.db.execute(
      sql`update connections set refreshing_until = now() + interval '400 milliseconds' where id = ${connectionId}`,
    );
    const end = (await world.read(integrationId)).connection.refreshingUntil?.getTime() ?? 0;
    expect(await token()).toBeTruthy();
    expect(refreshes()).toBe(1);
    const lifeMs = 30 * 60_000;
    const heldUpMs = (await world.read(integrationId)).connection.expiresAt.getTime() - lifeMs - end;
    expect(heldUpMs).toBeGreaterThanOrEqual(0);
    expect(heldUpMs).toBeLessThan(10_000);
  });

  test("twenty calls that meet the same refusal renew the token once", async () => {
    world.sandbox.grants.expireAccess(NORTHWIND);
    world.sandbox.faults.set({ latencyMs: 100 });
    const hubspot = await openConnection(ctx, connectionId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => hubspot.account.details()));
    expect(answers.every(({ id }) => id === String(NORTHWIND))).toBe(true);
    expect(refreshes()).toBe(1);
  });

  test.each([-20, 20])(
    "a clock of ours that is %i minutes off neither wears a token out nor renews it for nothing",
    async (minutes) => {
      const atFirst = await token();
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
      try {
        expect(await token()).toBe(atFirst);
        expect(refreshes()).toBe(0);
        await world.db.execute(
          sql`update connections set expires_at = now() + interval '1 minute' where id = ${connectionId}`,
        );
        expect(await token()).not.toBe(atFirst);
        expect(refreshes()).toBe(1);
      } finally {
        vi.useRealTimers();
      }
      const restMs = (await world.read(integrationId)).connection.expiresAt.getTime() - Date.now();
      expect(Math.abs(restMs - 30 * 60_000)).toBeLessThan(60_000);
    },
  );

  test("a token refused before its time is renewed once and the call repeated", async () => {
    world.sandbox.grants.expireAccess(NORTHWIND);
    const hubspot = await openConnection(ctx, connectionId);
    expect((await hubspot.account.details()).id).toBe(String(NORTHWIND));
    expect(refreshes()).toBe(1);
  });
});

// Verifies: R-12
describe("an API that refuses a token which the token service has just given", () => {
  test("is told of until a call works, and disconnects nobody", async () => {
    const send = globalThis.fetch;
    const refusing = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      if (String(url).includes("/oauth/")) return send(url, init);
      const said = { status: "error", category: "INVALID_AUTHENTICATION", correlationId: "c-401" };
      return Response.json(said, { status: 401 });
    });
    const hubspot = await openConnection(ctx, connectionId);
    await expect(hubspot.account.details()).rejects.toMatchObject({ kind: "unauthorized" });
    const { integration, connection } = await world.read(integrationId);
    expect(integration.state).toBe("active");
    expect(connection).toMatchObject({
      brokenReason: null,
      refreshFault: { kind: "token_refused", code: "INVALID_AUTHENTICATION", reference: "c-401" },
    });
    // Another new token would be no better: none is asked for with every call.
    await expect(hubspot.account.details()).rejects.toMatchObject({ kind: "forbidden" });
    expect(refreshes()).toBe(1);
    // Whoever asks meanwhile is told what the first one was, and not of a word that nobody knows.
    await expect(forPerson(() => hubspot.account.details())).rejects.toMatchObject({
      code: "hubspot_refused",
      details: { reason: "hubspot_token_refused", reference: "c-401" },
    });
    refusing.mockRestore();
    expect((await hubspot.account.details()).id).toBe(String(NORTHWIND));
    expect((await world.read(integrationId)).connection).toMatchObject({ refreshFault: null });
  });
});

// Verifies: R-12
describe("a connection that HubSpot ended", () => {
  test("becomes broken with its reason, and what is queued stays", async () => {
    await world.db.transaction((tx) => markPending(tx, integrationId, "hubspot", ["901", "902"]));
    world.sandbox.grants.revokeAll(NORTHWIND);
    const hubspot = await openConnection(ctx, connectionId);
    await expect(hubspot.contacts.listPage(undefined, [])).rejects.toMatchObject({ kind: "unauthorized" });
    const { integration, connection } = await world.read(integrationId);
    expect(integration).toMatchObject({ state: "broken", stateBeforeBroken: "active" });
    expect(connection.brokenReason).toBe("revoked");
    const pending = await world.db
      .select()
      .from(pendingRecords)
      .where(eq(pendingRecords.integrationId, integrationId));
    expect(pending).toHaveLength(2);
    const told = await world.db.select().from(activities).where(eq(activities.integrationId, integrationId));
    expect(told.at(-1)).toMatchObject({ kind: "integration/broken", changes: [{ after: "revoked" }] });
  });

  test("is not asked again, and is mended by connecting the same account", async () => {
    world.sandbox.grants.revokeAll(NORTHWIND);
    await world.expire(connectionId);
    await expect(token()).rejects.toMatchObject({ kind: "unauthorized" });
    const asked = refreshes();
    await expect(token()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(refreshes()).toBe(asked);
    world.woken.length = 0;
    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    expect((await world.read(integrationId)).integration).toMatchObject({
      state: "active",
      stateBeforeBroken: null,
    });
    expect((await world.read(integrationId)).connection.brokenReason).toBeNull();
    expect(world.woken).toEqual([integrationId]);
    expect(await token()).toBeTruthy();
  });

  test("a fault in our own credentials disconnects nobody", async () => {
    await world.expire(connectionId);
    world.sandbox.options.clientSecret = "rotated at HubSpot";
    await expect(token()).rejects.toMatchObject({ fault: "misconfigured" });
    world.sandbox.options.clientSecret = "test-secret";
    expect((await world.read(integrationId)).integration.state).toBe("active");
    await world.letAskAgain(connectionId);
    expect(await token()).toBeTruthy();
  });
});

test("tokens of one connection do not open in another's row", async () => {
  const other = await world.connect(await world.newCtx());
  const stolen = (await world.read(integrationId)).connection.accessToken;
  const { connection } = await world.read(other);
  await world.db.update(connections).set({ accessToken: stolen }).where(eq(connections.id, connection.id));
  await expect(heldToken(ctx, connection.id)).rejects.toThrow();
});
