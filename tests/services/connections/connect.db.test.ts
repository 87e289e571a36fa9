import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  connections,
  fieldMappings,
  hubspotProperties,
  integrations,
  oauthStates,
} from "@/db/schema/integrations";
import { notices } from "@/db/schema/notices";
import { prospects } from "@/db/schema/prospects";
import { activities, pendingRecords, recordLinks } from "@/db/schema/sync";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import { finishConnect } from "@/services/connections/finish-connect";
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

// Verifies
describe("connecting", () => {
  test("HubSpot is asked with all scopes, spaces as %20, and our callback", async () => {
    const { url } = await startConnect({ ctx: await world.newCtx(), input: {} });
    expect(url).toContain(`${world.url}/oauth/authorize?client_id=test-client`);
    expect(url).toContain("scope=oauth%20crm.objects.contacts.read");
    expect(url).toContain(encodeURIComponent("http://127.0.0.1:3999/api/hubspot/callback"));
    expect(url).not.toContain("+");
  });

  test("makes a draft with the default mappings, the properties, and sealed tokens", async () => {
    const ctx = await world.newCtx();
    const id = await world.connect(ctx);
    const { integration, connection } = await world.read(id);
    expect(integration).toMatchObject({
      state: "draft",
      workspaceId: ctx.workspaceId,
      wizardStep: "direction",
    });
    expect(connection).toMatchObject({
      accountId: String(NORTHWIND),
      accountName: "northwind-sales.example",
      brokenReason: null,
    });
    expect(connection.scopes).toContain("crm.objects.contacts.write");
    expect(connection.accessToken).toMatch(/^1\.[\w-]+\.[\w-]+\.[\w-]+$/);
    const mappings = await world.db.select().from(fieldMappings).where(eq(fieldMappings.integrationId, id));
    expect(mappings.map(({ snovField }) => snovField)).toEqual(
      expect.arrayContaining(["first_name", "last_name", "email", "phone"]),
    );
    expect(mappings.every(({ stoppedReason }) => stoppedReason === null)).toBe(true);
    expect(
      mappings
        .filter(({ locked }) => locked)
        .map(({ hubspotProperty }) => hubspotProperty)
        .sort(),
    ).toEqual(["email", "firstname", "lastname"]);
    const properties = await world.db
      .select()
      .from(hubspotProperties)
      .where(eq(hubspotProperties.connectionId, connection.id));
    expect(properties.find(({ name }) => name === "account_tier")?.definition).toMatchObject({
      type: "choice",
    });
    const hubspot = await openConnection(ctx, connection.id);
    expect((await hubspot.account.details()).id).toBe(String(NORTHWIND));
  });

  test("only the hash of a state is stored", async () => {
    const ctx = await world.newCtx();
    const { url } = await startConnect({ ctx, input: {} });
    const state = new URL(url).searchParams.get("state") ?? "";
    const rows = await world.db.select().from(oauthStates).where(eq(oauthStates.userId, ctx.userId));
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(state);
  });

  test("a state works once", async () => {
    const ctx = await world.newCtx();
    const { url } = await startConnect({ ctx, input: {} });
    const answer = await world.consent(url, NORTHWIND);
    await finishConnect({ ctx, input: answer });
    await expect(finishConnect({ ctx, input: answer })).rejects.toEqual(reason("state_used"));
  });

  test("of two that come with one state at once, one alone goes on", async () => {
    const ctx = await world.newCtx();
    const { url } = await startConnect({ ctx, input: {} });
    const answer = await world.consent(url, NORTHWIND);
    const results = await Promise.allSettled([
      finishConnect({ ctx, input: answer }),
      finishConnect({ ctx, input: answer }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a colleague's state, and one begun in another workspace, are refused and stay good for their owner", async () => {
    const [mine, other] = [await world.newCtx(), await world.newCtx()];
    const { url } = await startConnect({ ctx: mine, input: {} });
    const answer = await world.consent(url, NORTHWIND);
    const colleague = { ...mine, userId: other.userId };
    const elsewhere = { ...mine, workspaceId: other.workspaceId };
    for (const ctx of [colleague, elsewhere, other])
      await expect(finishConnect({ ctx, input: answer })).rejects.toEqual(reason("state_used"));
    await finishConnect({ ctx: mine, input: answer });
  });

  test("a state older than ten minutes is refused", async () => {
    const ctx = await world.newCtx();
    const { url } = await startConnect({ ctx, input: {} });
    const answer = await world.consent(url, NORTHWIND);
    await world.db
      .update(oauthStates)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(oauthStates.userId, ctx.userId));
    await expect(finishConnect({ ctx, input: answer })).rejects.toEqual(reason("state_expired"));
  });

  test("no state, a denied consent and a wrong code each have their reason, and leave nothing", async () => {
    const ctx = await world.newCtx();
    await expect(finishConnect({ ctx, input: { code: "x" } })).rejects.toEqual(reason("state_missing"));
    const denied = await startConnect({ ctx, input: {} });
    const answer = await world.consent(denied.url, NORTHWIND, "deny");
    await expect(finishConnect({ ctx, input: answer })).rejects.toEqual(reason("consent_denied"));
    const { url } = await startConnect({ ctx, input: {} });
    const state = new URL(url).searchParams.get("state") ?? "";
    await expect(finishConnect({ ctx, input: { state, code: "na1-wrong" } })).rejects.toEqual(
      reason("code_refused"),
    );
    const rows = await world.db
      .select()
      .from(integrations)
      .where(eq(integrations.workspaceId, ctx.workspaceId));
    expect(rows).toEqual([]);
  });

  test("is for owners and admins", async () => {
    const ctx = await world.newCtx("member");
    await expect(startConnect({ ctx, input: {} })).rejects.toMatchObject({ code: "forbidden" });
    await expect(finishConnect({ ctx, input: { state: "x", code: "y" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a workspace holds several accounts, and the same account once", async () => {
    // Verifies: R-15
    const ctx = await world.newCtx();
    const first = await world.connect(ctx, NORTHWIND);
    const second = await world.connect(ctx, BLUE_HARBOR);
    const again = await world.connect(ctx, NORTHWIND);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
    const rows = await world.db
      .select()
      .from(integrations)
      .where(eq(integrations.workspaceId, ctx.workspaceId));
    expect(rows).toHaveLength(2);
  });
});

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
