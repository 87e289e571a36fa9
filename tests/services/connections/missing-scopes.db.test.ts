// A call that wants a permission: what HubSpot lists is what such a call takes, not what is wanting.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { heldToken } from "@/services/connections/access-token";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { readHubspotLists } from "@/services/integrations/read-hubspot-lists";
import { switchMarks } from "@/services/integrations/switch-marks";
import { createHubspotProperty } from "@/services/properties/create-hubspot-property";
import { startWorld, type World } from "./connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  vi.restoreAllMocks();
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  await world.launch(integrationId);
  connectionId = (await world.read(integrationId)).connection.id;
});
afterAll(() => world.close());

const withdraw = async (...withdrawn: string[]) => {
  const access = world.sandbox.grants.access((await heldToken(ctx, connectionId)).accessToken);
  if (!access) throw new Error("no such token");
  access.scopes = access.scopes.filter((scope) => !withdrawn.includes(scope));
};
/** HubSpot's API refuses every call for want of these, all of which its token service knows as granted. */
const refuseAll = (scopes?: string[]) => {
  const send = globalThis.fetch;
  const errors = scopes && [{ message: "no", context: { requiredGranularScopes: scopes } }];
  let introspections = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (String(url).endsWith("/introspect")) introspections += 1;
    if (String(url).includes("/oauth/")) return send(url, init);
    return Response.json(
      { status: "error", category: "MISSING_SCOPES", message: "no", errors },
      { status: 403 },
    );
  });
  return { introspections: () => introspections };
};
const state = async () => (await world.read(integrationId)).integration.state;
const wanting = { kind: "forbidden", category: "MISSING_SCOPES" };

// Verifies: R-12
describe("a permission that syncing can do without", () => {
  test("is the only one wanting of those that HubSpot lists: the connection lives on, and HubSpot is asked once a minute what is granted", async () => {
    const sent = refuseAll(["crm.objects.contacts.write", "crm.objects.contacts.sensitive.write"]);
    const hubspot = await openConnection(ctx, connectionId);
    for (let call = 0; call < 3; call++)
      await expect(hubspot.contacts.readByIds(["1"], [])).rejects.toMatchObject(wanting);
    expect(await state()).toBe("active");
    expect(sent.introspections()).toBe(1);
  });

  test("is wanting for the names of the account's users: the connection lives on, whether HubSpot lists it or not", async () => {
    await withdraw("crm.objects.owners.read");
    const hubspot = await openConnection(ctx, connectionId);
    await expect(hubspot.owners.listUsers()).rejects.toMatchObject(wanting);
    refuseAll();
    await expect(hubspot.owners.listUsers()).rejects.toMatchObject(wanting);
    expect(await state()).toBe("active");
  });

  test("is wanting to create a property: the person is told, and the connection lives on", async () => {
    await withdraw("crm.schemas.contacts.write");
    const creating = createHubspotProperty({ ctx, input: { integrationId, label: "Region", type: "text" } });
    await expect(creating).rejects.toMatchObject({
      code: "hubspot_refused",
      details: { reason: "hubspot_scope_missing" },
    });
    expect(await state()).toBe("active");
  });

  test("is wanting to make the property for the ids of prospects: the choice stays off, and the person is told", async () => {
    await withdraw("crm.schemas.contacts.write");
    await expect(switchMarks({ ctx, input: { integrationId, on: true } })).rejects.toMatchObject({
      code: "hubspot_refused",
      details: { reason: "hubspot_scope_missing" },
    });
    const { integration } = await world.read(integrationId);
    expect([integration.marksContacts, integration.state]).toEqual([false, "active"]);
  });
});

// Verifies: R-12
describe("the permission to read lists", () => {
  test("may be wanting while no list is chosen", async () => {
    await withdraw("crm.lists.read");
    await expect(readHubspotLists({ ctx, input: { integrationId } })).rejects.toMatchObject({
      details: { reason: "hubspot_scope_missing" },
    });
    expect(await state()).toBe("active");
  });

  test("ends the connection where chosen lists say what comes in", async () => {
    await world.db
      .update(integrations)
      .set({ incomingScope: { kind: "lists", ids: ["1"] } })
      .where(eq(integrations.id, integrationId));
    await withdraw("crm.lists.read");
    await expect(readHubspotLists({ ctx, input: { integrationId } })).rejects.toBeTruthy();
    expect(await state()).toBe("broken");
  });
});

// Verifies: R-12
describe("the permission to write contacts", () => {
  test("may be wanting where everything goes to Snov.io", async () => {
    await world.db
      .update(integrations)
      .set({ syncType: "to_snov" })
      .where(eq(integrations.id, integrationId));
    await withdraw("crm.objects.contacts.write");
    const hubspot = await openConnection(ctx, connectionId);
    await expect(hubspot.contacts.archive(["1"])).rejects.toMatchObject(wanting);
    expect(await state()).toBe("active");
  });
});

// Verifies: R-12
describe("a permission that syncing needs", () => {
  test("ends the connection once it was taken back, and is no longer known as granted", async () => {
    await withdraw("crm.objects.contacts.write");
    const hubspot = await openConnection(ctx, connectionId);
    await expect(
      hubspot.contacts.create([{ trace: "1", properties: { email: "a@example.com" } }]),
    ).rejects.toMatchObject(wanting);
    const { integration, connection } = await world.read(integrationId);
    expect([integration.state, connection.brokenReason]).toEqual(["broken", "missing_scopes"]);
    expect(connection.scopes).not.toContain("crm.objects.contacts.write");
  });

  test("is taken as it was known while HubSpot does not say what is granted", async () => {
    const send = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) =>
      String(url).endsWith("/introspect") ? new Response("<html>", { status: 503 }) : send(url, init),
    );
    await withdraw("crm.objects.contacts.read");
    const hubspot = await openConnection(ctx, connectionId);
    await expect(hubspot.contacts.readByIds(["1"], [])).rejects.toMatchObject(wanting);
    expect(await state()).toBe("active");
    await world.db
      .update(connections)
      .set({ scopes: ["oauth"], scopesReadAt: null })
      .where(eq(connections.id, connectionId));
    await expect(hubspot.contacts.readByIds(["1"], [])).rejects.toMatchObject(wanting);
    expect(await state()).toBe("broken");
  });
});
