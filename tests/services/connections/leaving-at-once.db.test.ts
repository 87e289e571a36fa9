// Leaving an account takes as long as HubSpot takes. Whatever others do meanwhile, nobody's grant is left behind, nobody's
// fresh tokens are wiped, and nobody believes to be connected who is not.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import { finishLeaving } from "@/services/connections/leave-account";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { untilLockWaits } from "@/tests/support/lock-waits";
import { BLUE_HARBOR, startWorld, type World } from "./connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.db.delete(integrations);
  await world.db.delete(connections);
  world.sandbox.grants.uninstall(BLUE_HARBOR);
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx, BLUE_HARBOR);
  connectionId = (await world.read(integrationId)).connection.id;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.db.execute(sql`drop function if exists wait_at_end cascade`);
});
afterAll(() => world.close());

const leave = (who = ctx, id = integrationId) =>
  disconnectIntegration({ ctx: who, input: { integrationId: id } });
const isInstalled = () => world.sandbox.grants.installed(BLUE_HARBOR) !== undefined;
const connection = async (id = integrationId) => (await world.read(id)).connection;
const details = async (who = ctx, id = connectionId) => (await openConnection(who, id)).account.details();

// Verifies: R-13
test("of two workspaces that leave at once the last one takes our app out", async () => {
  const other = await world.newCtx();
  const theirs = await world.connect(other, BLUE_HARBOR);
  const leaving: Promise<void>[] = [];
  // Each is held up at the end of its transaction, when it has seen of the other what it will.
  await world.db.execute(sql`create function wait_at_end() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(4711); return null; end $$`);
  await world.db.execute(sql`create constraint trigger wait_at_end after update on integrations
    deferrable initially deferred for each row execute function wait_at_end()`);
  await world.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(4711)`);
    leaving.push(leave(), leave(other, theirs));
    await untilLockWaits(world.db, 2);
  });
  await Promise.all(leaving);
  expect(isInstalled()).toBe(false);
  for (const id of [integrationId, theirs])
    expect(await connection(id)).toMatchObject({ accessToken: "", refreshToken: "" });
});

test("who connects again while HubSpot hangs stays connected", async () => {
  const { asked, answer } = hang(async () => new Response(null, { status: 503 }));
  const left = leave();
  await asked;
  expect((await world.read(integrationId)).integration).toMatchObject({ disconnectedAt: expect.any(Date) });
  await world.connect(ctx, BLUE_HARBOR, integrationId);
  answer();
  await left;
  expect((await world.read(integrationId)).integration.disconnectedAt).toBeNull();
  expect((await details()).id).toBe(String(BLUE_HARBOR));
  expect(await connection()).toMatchObject({ brokenReason: null, uninstallToldAt: null });
});

test.each([
  ["here", () => ctx],
  ["in another workspace", () => world.newCtx()],
])(
  "who connects %s while HubSpot hangs, and is thrown out by what it does at last, is told so",
  async (_, whoever) => {
    const { asked, answer } = hang(async (send) => await send());
    const left = leave();
    await asked;
    const back = await world.connect(await whoever(), BLUE_HARBOR);
    answer();
    await left;
    expect(await connection(back)).toMatchObject({ disconnectedAt: null, brokenReason: "uninstalled" });
    expect((await world.read(back)).integration.state).toBe("broken");
  },
);

test("one that was launched while its deletion waited for its turn comes back paused, and not as a draft", async () => {
  let left: Promise<void> | undefined;
  await world.db.transaction(async (tx) => {
    await tx.execute(sql`select from integrations where id = ${integrationId} for update`);
    left = leave();
    await untilLockWaits(world.db);
    await tx.update(integrations).set({ state: "active", launchedAt: new Date() });
  });
  await left;
  expect((await world.read(integrationId)).integration.state).toBe("paused");
});

test("what a crash left behind is taken out of the account an hour later, and what was left just now is not touched", async () => {
  const asked = hang(() => new Promise(() => {})).asked;
  void leave();
  await asked;
  vi.restoreAllMocks();
  await finishLeaving(ctx);
  expect(isInstalled()).toBe(true);
  expect((await connection()).refreshToken).not.toBe("");
  const longAgo = sql`now() - interval '61 minutes'`;
  await world.db.update(connections).set({ disconnectedAt: longAgo }).where(eq(connections.id, connectionId));
  await finishLeaving(ctx);
  expect(isInstalled()).toBe(false);
  expect(await connection()).toMatchObject({ accessToken: "", refreshToken: "" });
});

test("a renewal on its way brings no tokens back", async () => {
  await world.connect(await world.newCtx(), BLUE_HARBOR);
  await world.expire(connectionId);
  const { asked, answer } = hang(async (send) => await send(), "/oauth/2026-03/token");
  const renewing = details().catch((error: unknown) => error);
  await asked;
  await leave();
  answer();
  expect(await renewing).toMatchObject({ kind: "unauthorized" });
  expect(await connection()).toMatchObject({ accessToken: "", refreshToken: "" });
});

/** Holds the first call to this address back until it is to be answered. */
function hang(then: (send: () => Promise<Response>) => Promise<Response>, address = "/external-install") {
  const send = globalThis.fetch;
  const isAsked = gate();
  const isAnswered = gate();
  let calls = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!String(url).endsWith(address) || ++calls > 1) return send(url, init);
    isAsked.open();
    await isAnswered.passed;
    return then(() => send(url, init));
  });
  return { asked: isAsked.passed, answer: isAnswered.open };
}

function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}
