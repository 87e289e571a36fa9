import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hubspotProperties, oauthStates } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { finishConnect } from "@/services/connections/finish-connect";
import { openConnection } from "@/services/connections/open-connection";
import { startConnect } from "@/services/connections/start-connect";
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

  test.each([
    ["names a permission", { category: "MISSING_SCOPES" }, "scopes_missing"],
    ["is a gateway's", "<html>Attention Required!</html>", "answer_unknown"],
  ])("a 403 that %s is told as what it says", async (_, body, problem) => {
    const ctx = await world.newCtx();
    const { url } = await startConnect({ ctx, input: {} });
    const input = await world.consent(url, NORTHWIND);
    const send = globalThis.fetch;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    vi.spyOn(globalThis, "fetch").mockImplementation(async (to, init) =>
      String(to).includes("/crm/properties/") ? new Response(text, { status: 403 }) : send(to, init),
    );
    await expect(finishConnect({ ctx, input })).rejects.toEqual(reason(problem));
    vi.restoreAllMocks();
  });

  test.each([
    [503, {}, "hubspot_unavailable"],
    [477, {}, "account_moving"],
    [423, {}, "account_busy"],
    [522, {}, "hubspot_unreachable"],
    [429, {}, "limit_reached"],
    [429, { policyName: "DAILY" }, "day_used_up"],
  ])("HubSpot's token service that answers %i with %o has its reason", async (status, body, problem) => {
    const ctx = await world.newCtx();
    const { url } = await startConnect({ ctx, input: {} });
    const input = await world.consent(url, NORTHWIND);
    const send = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (to, init) =>
      String(to).endsWith("/token") ? Response.json(body, { status }) : send(to, init),
    );
    await expect(finishConnect({ ctx, input })).rejects.toEqual(reason(problem));
    vi.restoreAllMocks();
    for (const { connectProblem } of [en, ptBr]) expect(connectProblem).toHaveProperty(problem);
  });

  test("holds although what is read beside it fails for an unforeseen reason", async () => {
    const ctx = await world.newCtx();
    await world.db.execute("alter table hubspot_users rename to elsewhere");
    const id = await world
      .connect(ctx)
      .finally(() => world.db.execute("alter table elsewhere rename to hubspot_users"));
    const { integration, connection } = await world.read(id);
    expect(integration.state).toBe("draft");
    expect(connection.timeZone).toBe("America/Sao_Paulo");
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
