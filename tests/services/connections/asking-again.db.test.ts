// A token service that fails or asks to wait: it is left alone by everybody, and a token that is still good goes on.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connections } from "@/db/schema/connections";
import { heldToken } from "@/services/connections/access-token";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { NORTHWIND, startWorld, type World } from "./connected-world";

const TOKEN = "/oauth/2026-03/token";

let world: World;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
let asked: number;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  await world.launch(integrationId);
  connectionId = (await world.read(integrationId)).connection.id;
  const send = globalThis.fetch;
  asked = 0;
  // What the sandbox's faults answer is not among what it counts.
  vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    if (String(url).endsWith(TOKEN)) asked += 1;
    return send(url, init);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  world.sandbox.faults.set({});
  world.sandbox.options.clientSecret = "test-secret";
});
afterAll(() => world.close());

const token = async () => (await heldToken(ctx, connectionId)).accessToken;
const fail = (status: number, more: { retryAfterSeconds?: number } = {}, latencyMs = 0) =>
  world.sandbox.faults.set({ failNext: { count: 50, status, match: TOKEN, ...more }, latencyMs });
const lasts = (minutes: number) =>
  world.db.execute(sql`
    update connections set expires_at = now() + make_interval(mins => ${minutes}) where id = ${connectionId}`);
const waitSeconds = async () => {
  const [row] = await world.db
    .select({ wait: sql<number>`extract(epoch from refresh_again_at - now())::float8` })
    .from(connections)
    .where(eq(connections.id, connectionId));
  return row?.wait ?? 0;
};

// Verifies
describe("a token service that fails", () => {
  test("is not asked again by each call while the token in hand has minutes", async () => {
    await lasts(4);
    fail(429, { retryAfterSeconds: 60 });
    for (let call = 0; call < 10; call++) expect(await token()).toBeTruthy();
    expect(asked).toBe(1);
    expect(await waitSeconds()).toBeGreaterThan(55);
    expect(await waitSeconds()).toBeLessThan(76);
  });

  test.each([[429, "rate_limited"] as const, [503, "transient"] as const])(
    "with a %i is asked once by twenty who need a token, and all are told to come back",
    async (status, kind) => {
      await world.expire(connectionId);
      fail(status, { retryAfterSeconds: 60 }, 100);
      const ends = await Promise.allSettled(Array.from({ length: 20 }, token));
      expect(asked).toBe(1);
      const errors = ends.map((end) => (end.status === "rejected" ? end.reason : null));
      expect(new Set(errors.map((error) => error.kind))).toEqual(new Set([kind, "transient"]));
      for (const { retryAfterMs } of errors) expect(retryAfterMs).toBeGreaterThan(50_000);
    },
  );

  test("is left alone for longer each time, and asked again once that is over", async () => {
    await world.expire(connectionId);
    fail(503);
    const waits: number[] = [];
    for (let nr = 0; nr < 4; nr++) {
      await world.letAskAgain(connectionId);
      await expect(token()).rejects.toMatchObject({ kind: "transient" });
      waits.push(await waitSeconds());
    }
    expect(asked).toBe(4);
    expect(waits.map((wait, nr) => wait / 2 ** nr > 1.5 && wait / 2 ** nr <= 2.5)).toEqual(
      Array(4).fill(true),
    );
    world.sandbox.faults.set({});
    await world.letAskAgain(connectionId);
    expect(await token()).toBeTruthy();
    expect((await world.read(integrationId)).connection).toMatchObject({
      refreshAgainAt: null,
      refreshFailures: 0,
    });
  });

  test("slowly holds up nobody whose token is still good, but the one who asks", async () => {
    await lasts(4);
    fail(503, {}, 1_500);
    const took = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const before = performance.now();
        await token();
        return performance.now() - before;
      }),
    );
    expect(asked).toBe(1);
    expect(took.filter((ms) => ms > 1_000)).toHaveLength(1);
    expect(Math.max(...took)).toBeLessThan(3_000);
  });

  test("by not knowing our app stops no token that is still good", async () => {
    await lasts(4);
    world.sandbox.options.clientSecret = "changed at HubSpot";
    const hubspot = await openConnection(ctx, connectionId);
    expect((await hubspot.account.details()).id).toBe(String(NORTHWIND));
    const { connection } = await world.read(integrationId);
    expect(connection.refreshFault).toMatchObject({ kind: "credentials" });
  });

  test("is asked at once by an account that is connected again", async () => {
    await world.expire(connectionId);
    fail(429, { retryAfterSeconds: 600 });
    await expect(token()).rejects.toMatchObject({ kind: "rate_limited" });
    world.sandbox.faults.set({});
    await world.connect(ctx, NORTHWIND, integrationId);
    await world.expire(connectionId);
    expect(await token()).toBeTruthy();
  });
});

test("a revocation ends even a token that still has minutes", async () => {
  await lasts(4);
  world.sandbox.grants.revokeAll(NORTHWIND);
  await expect(token()).rejects.toMatchObject({ kind: "unauthorized" });
  expect((await world.read(integrationId)).integration.state).toBe("broken");
});
