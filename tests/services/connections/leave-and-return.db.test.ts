import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { notices } from "@/db/schema/notices";
import { prospects } from "@/db/schema/prospects";
import { activities, pendingRecords, recordLinks } from "@/db/schema/sync";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import { openConnection } from "@/services/connections/open-connection";
import { startConnect } from "@/services/connections/start-connect";
import { markPending } from "@/services/pending/mark-pending";
import { BLUE_HARBOR, NORTHWIND, startWorld, type World } from "./connected-world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const reason = (problem: string) =>
  expect.objectContaining({ details: expect.objectContaining({ reason: problem }) });

// Verifies: R-13
describe("leaving and coming back", () => {
  test("disconnecting takes our app from the account, wipes the tokens and keeps the rest", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx, BLUE_HARBOR);
    await world.launch(id);
    const others = await world.db
      .select()
      .from(integrations)
      .where(eq(integrations.workspaceId, ctx.workspaceId));
    expect(others).toHaveLength(1);
    await disconnectIntegration({ ctx, input: { integrationId: id } });
    const { integration, connection } = await world.read(id);
    expect(integration).toMatchObject({ state: "paused", disconnectedAt: expect.any(Date) });
    expect(connection).toMatchObject({ accessToken: "", refreshToken: "", disconnectedAt: expect.any(Date) });
    expect(
      await world.db.select().from(fieldMappings).where(eq(fieldMappings.integrationId, id)),
    ).not.toEqual([]);
    const hubspot = await openConnection(ctx, connection.id);
    await expect(hubspot.account.details()).rejects.toMatchObject({ kind: "unauthorized" });
    await expect(disconnectIntegration({ ctx, input: { integrationId: id } })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("the last workspace to leave uninstalls the app; an earlier one leaves the others working", async () => {
    world.sandbox.grants.uninstall(BLUE_HARBOR);
    const [first, second] = [await world.newCtx(), await world.newCtx()];
    // Connections of earlier tests still live on this account; they end first.
    await world.db.execute("update connections set disconnected_at = now() where disconnected_at is null");
    await world.db.execute("update integrations set disconnected_at = now() where disconnected_at is null");
    const [a, b] = [await world.connect(first, BLUE_HARBOR), await world.connect(second, BLUE_HARBOR)];
    await disconnectIntegration({ ctx: first, input: { integrationId: a } });
    expect(world.sandbox.grants.installed(BLUE_HARBOR)).toBeDefined();
    const hubspot = await openConnection(second, (await world.read(b)).connection.id);
    expect((await hubspot.account.details()).id).toBe(String(BLUE_HARBOR));
    await disconnectIntegration({ ctx: second, input: { integrationId: b } });
    expect(world.sandbox.grants.installed(BLUE_HARBOR)).toBeUndefined();
  });

  test("HubSpot being away holds nobody back who wants to leave", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx);
    world.sandbox.faults.set({ down: { ms: 60_000, mode: "503" } });
    await disconnectIntegration({ ctx, input: { integrationId: id } });
    world.sandbox.faults.set({});
    expect((await world.read(id)).integration.disconnectedAt).not.toBeNull();
  });

  test.each([
    ["HubSpot does not take the app out", null],
    ["a permission was taken away long ago", "missing_scopes" as const],
  ])("the grant ends although %s", async (_, brokenReason) => {
    const ctx = await world.newCtx();
    await withoutOthersIn(BLUE_HARBOR);
    world.sandbox.grants.uninstall(BLUE_HARBOR);
    const id = await world.connect(ctx, BLUE_HARBOR);
    const { connection } = await world.read(id);
    await world.expire(connection.id);
    world.sandbox.grants.expireAccess(BLUE_HARBOR);
    if (brokenReason)
      await world.db.update(connections).set({ brokenReason }).where(eq(connections.id, connection.id));
    else world.sandbox.faults.set({ failNext: { count: 99, status: 500, match: "external-install" } });
    await disconnectIntegration({ ctx, input: { integrationId: id } });
    world.sandbox.faults.set({});
    expect(grantsOf(BLUE_HARBOR)).toBe(0);
    // The app itself can be taken out with a token that lacks a permission as well.
    expect(world.sandbox.grants.installed(BLUE_HARBOR) === undefined).toBe(brokenReason !== null);
  });

  test("the same account comes back to its settings and links, paused, with what changed meanwhile waiting", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx);
    await world.launch(id);
    await world.db.update(integrations).set({ syncType: "to_snov" }).where(eq(integrations.id, id));
    const [linked, edited] = await world.db
      .insert(prospects)
      .values([
        { workspaceId: ctx.workspaceId, updatedAt: new Date(0) },
        { workspaceId: ctx.workspaceId, updatedAt: new Date(Date.now() + 60_000) },
        { workspaceId: ctx.workspaceId, updatedAt: new Date(0) },
      ])
      .returning();
    await world.db
      .insert(recordLinks)
      .values({ integrationId: id, prospectId: linked?.id ?? "", contactId: "501" });
    await disconnectIntegration({ ctx, input: { integrationId: id } });

    expect(await world.connect(ctx)).toBe(id);
    const { integration, connection } = await world.read(id);
    expect(integration).toMatchObject({ state: "paused", disconnectedAt: null, syncType: "to_snov" });
    expect(connection.disconnectedAt).toBeNull();
    expect(await world.db.select().from(recordLinks).where(eq(recordLinks.integrationId, id))).toHaveLength(
      1,
    );
    const pending = await world.db.select().from(pendingRecords).where(eq(pendingRecords.integrationId, id));
    expect(pending.map(({ recordId }) => recordId).sort()).toEqual([linked?.id, edited?.id].sort());
    const kinds = await world.db
      .select({ kind: activities.kind })
      .from(activities)
      .where(eq(activities.integrationId, id));
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "integration/connected",
      "integration/disconnected",
      "integration/reconnected",
    ]);
  });

  test("an integration is not reconnected to another account", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx, NORTHWIND);
    const before = await world.read(id);
    await expect(world.connect(ctx, BLUE_HARBOR, id)).rejects.toMatchObject({
      details: {
        reason: "other_account",
        values: { integration: id, chosen: String(BLUE_HARBOR), name: "blueharbor.example" },
      },
    });
    expect(await world.read(id)).toEqual(before);
  });

  test("choosing another account to mend a broken integration changes nothing, here or there, and the right one mends it", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx, NORTHWIND);
    await world.launch(id);
    const [linked] = await world.db.insert(prospects).values({ workspaceId: ctx.workspaceId }).returning();
    await world.db
      .insert(recordLinks)
      .values({ integrationId: id, prospectId: linked?.id ?? "", contactId: "777" });
    await world.db.transaction((tx) => markPending(tx, id, "hubspot", ["777"]));
    world.sandbox.grants.revokeAll(NORTHWIND);
    const hubspot = await openConnection(ctx, (await world.read(id)).connection.id);
    await expect(hubspot.account.details()).rejects.toMatchObject({ kind: "unauthorized" });
    const all = async () => ({
      row: await world.read(id),
      integrations: await world.db.$count(integrations, eq(integrations.workspaceId, ctx.workspaceId)),
      links: await world.db.select().from(recordLinks).where(eq(recordLinks.integrationId, id)),
      pending: await world.db.select().from(pendingRecords).where(eq(pendingRecords.integrationId, id)),
    });
    const before = await all();
    expect(before.row.integration.state).toBe("broken");
    const told = () => world.db.select().from(notices).where(eq(notices.integrationId, id));
    expect(await told()).toMatchObject([{ kind: "connection_broken", endedAt: null }]);

    await withoutOthersIn(BLUE_HARBOR);
    const grantsBefore = grantsOf(BLUE_HARBOR);
    await expect(world.connect(ctx, BLUE_HARBOR, id)).rejects.toEqual(reason("other_account"));
    expect(await all()).toEqual(before);
    expect(grantsOf(BLUE_HARBOR)).toBe(grantsBefore);

    expect(await world.connect(ctx, NORTHWIND, id)).toBe(id);
    const after = await all();
    expect(after.row.integration.state).toBe("active");
    expect(await told()).toMatchObject([{ kind: "connection_broken", endedAt: expect.any(Date) }]);
    expect([after.links, after.pending, after.integrations]).toEqual([
      before.links,
      before.pending,
      before.integrations,
    ]);
  });

  test("a mistaken account that somebody else works in keeps its access", async () => {
    const [mine, other] = [await world.newCtx(), await world.newCtx()];
    const theirs = (await world.read(await world.connect(other, BLUE_HARBOR))).connection.id;
    const id = await world.connect(mine, NORTHWIND);
    const before = grantsOf(BLUE_HARBOR);
    await expect(world.connect(mine, BLUE_HARBOR, id)).rejects.toEqual(reason("other_account"));
    expect(grantsOf(BLUE_HARBOR)).toBe(before + 1);
    expect((await (await openConnection(other, theirs)).account.details()).id).toBe(String(BLUE_HARBOR));
  });

  test("another workspace's integration can neither be reconnected nor disconnected", async () => {
    const [mine, other] = [await world.newCtx(), await world.newCtx()];
    const id = await world.connect(mine);
    await expect(startConnect({ ctx: other, input: { integrationId: id } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(disconnectIntegration({ ctx: other, input: { integrationId: id } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

/** How many refresh tokens of our app this account honours. */
function grantsOf(portalId: number): number {
  const grants = [...world.sandbox.store.table<{ portalId: number }>("refresh").values()];
  return grants.filter((grant) => grant.portalId === portalId).length;
}

/** Connections of other tests still live on this account; they end here. */
async function withoutOthersIn(portalId: number): Promise<void> {
  await world.db
    .update(connections)
    .set({ disconnectedAt: new Date() })
    .where(eq(connections.accountId, String(portalId)));
}
