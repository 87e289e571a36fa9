import { and, eq, like } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { listHubspotProperties } from "@/db/queries/hubspot-properties";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { activities, pendingRecords, recordLinks } from "@/db/schema/sync";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import type { Ctx } from "@/services/context";
import { createHubspotProperty } from "@/services/properties/create-hubspot-property";
import { refreshProperties } from "@/services/properties/refresh-properties";
import { riddenId } from "@/sync/extras";
import { NORTHWIND, startWorld, type World } from "../connections/connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  connectionId = (await world.read(integrationId)).connection.id;
});
afterAll(() => world.close());

const account = () => {
  const found = world.sandbox.accounts.get(NORTHWIND);
  if (!found) throw new Error("no account");
  return found;
};
const refresh = () => refreshProperties({ ctx, input: { integrationId } });
const known = async () =>
  new Map((await listHubspotProperties(world.db, ctx.workspaceId, connectionId)).map((p) => [p.key, p]));
const mapping = async (property: string) => {
  const [row] = await world.db
    .select()
    .from(fieldMappings)
    .where(and(eq(fieldMappings.integrationId, integrationId), eq(fieldMappings.hubspotProperty, property)));
  return row;
};

// Verifies: R-14
describe("reading the properties again", () => {
  test("a property made in HubSpot since then appears without reconnecting", async () => {
    const response = await fetch(`${world.url}/sandbox/api/accounts/${NORTHWIND}/properties`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        name: `region_${integrationId.slice(0, 6)}`,
        label: "Region",
        type: "string",
        fieldType: "text",
        groupName: "contactinformation",
      }),
    });
    expect(response.status).toBe(201);
    expect((await known()).has(`region_${integrationId.slice(0, 6)}`)).toBe(false);
    await refresh();
    expect((await known()).get(`region_${integrationId.slice(0, 6)}`)).toMatchObject({
      label: "Region",
      type: "text",
      writable: true,
      custom: true,
    });
  });

  test("a mapping whose property is gone stops alone, and goes on by itself when it is back", async () => {
    await world.launch(integrationId);
    const [prospect] = await world.db.insert(prospects).values({ workspaceId: ctx.workspaceId }).returning();
    await world.db
      .insert(recordLinks)
      .values({ integrationId, prospectId: prospect?.id ?? "", contactId: "77" });
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    account().properties.save({ ...city, archived: true });
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBe("hubspot_property_gone");
    expect((await mapping("country"))?.stoppedReason).toBeNull();
    account().properties.save(city);
    world.woken.length = 0;
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBeNull();
    // What changed while it was stopped is looked at now.
    const pending = await world.db
      .select()
      .from(pendingRecords)
      .where(eq(pendingRecords.integrationId, integrationId));
    expect(pending.map(({ recordId }) => recordId)).toEqual([prospect?.id]);
    expect(world.woken).toEqual([integrationId]);
    const told = await world.db
      .select({ kind: activities.kind })
      .from(activities)
      .where(eq(activities.integrationId, integrationId));
    expect(told.map(({ kind }) => kind)).toEqual([
      "integration/connected",
      "mapping/stopped",
      "mapping/resumed",
    ]);
  });

  test("a property whose type changed stops its mapping, and what changed meanwhile is looked at when it is back", async () => {
    await world.launch(integrationId);
    const [prospect] = await world.db.insert(prospects).values({ workspaceId: ctx.workspaceId }).returning();
    await world.db
      .insert(recordLinks)
      .values({ integrationId, prospectId: prospect?.id ?? "", contactId: "78" });
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    account().properties.save({ ...city, type: "number", fieldType: "number" });
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBe("hubspot_property_type_changed");
    expect((await mapping("country"))?.stoppedReason).toBeNull();
    account().properties.save(city);
    world.woken.length = 0;
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBeNull();
    expect(world.woken).toEqual([integrationId]);
    expect(await world.db.$count(pendingRecords, eq(pendingRecords.integrationId, integrationId))).toBe(1);
    const told = await world.db
      .select({ kind: activities.kind, changes: activities.changes })
      .from(activities)
      .where(and(eq(activities.integrationId, integrationId), like(activities.kind, "mapping/%")));
    expect(told).toMatchObject([
      { kind: "mapping/stopped", changes: [{ field: "city", after: "hubspot_property_type_changed" }] },
      { kind: "mapping/resumed" },
    ]);
  });

  test("a property that holds sensitive data now stops its mapping by that name, also where HubSpot does not tell it again", async () => {
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    account().properties.save({ ...city, dataSensitivity: "highly_sensitive" });
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBe("hubspot_property_sensitive");
    const send = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) =>
      String(url).includes("dataSensitivity=sensitive") ? new Response("", { status: 503 }) : send(url, init),
    );
    await world.connect(ctx, NORTHWIND, integrationId);
    vi.restoreAllMocks();
    expect((await mapping("city"))?.stoppedReason).toBe("hubspot_property_sensitive");
    account().properties.save(city);
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBeNull();
  });

  test("a property that turned sensitive while the account was disconnected is told as that on its return", async () => {
    await world.launch(integrationId);
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    await disconnectIntegration({ ctx, input: { integrationId } });
    account().properties.save({ ...city, dataSensitivity: "sensitive" });
    expect(await world.connect(ctx, NORTHWIND)).toBe(integrationId);
    expect((await mapping("city"))?.stoppedReason).toBe("hubspot_property_sensitive");
    account().properties.save(city);
  });

  test("a choice that HubSpot refused although it lists it is tried again on the account's return", async () => {
    await world.launch(integrationId);
    const [prospect] = await world.db.insert(prospects).values({ workspaceId: ctx.workspaceId }).returning();
    const value = (await known()).get("account_tier")?.options[0]?.value ?? "";
    await world.db
      .update(integrations)
      .set({ constantToHubspot: { field: "account_tier", value } })
      .where(eq(integrations.id, integrationId));
    await world.db.insert(recordLinks).values({
      integrationId,
      prospectId: prospect?.id ?? "",
      contactId: "79",
      refused: { [riddenId("account_tier")]: { on: "hubspot", value, message: "no" } },
    });
    await world.connect(ctx, NORTHWIND, integrationId);
    const own = eq(recordLinks.integrationId, integrationId);
    const links = await world.db.select().from(recordLinks).where(own);
    expect(links.map(({ refused }) => refused)).toEqual([{}]);
    const pending = await world.db
      .select()
      .from(pendingRecords)
      .where(eq(pendingRecords.integrationId, integrationId));
    expect(pending.map(({ recordId }) => recordId)).toEqual([prospect?.id]);
  });

  test("a property that is hidden in HubSpot keeps its mapping", async () => {
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    account().properties.save({ ...city, hidden: true });
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBeNull();
    expect((await known()).get("city")).toMatchObject({ hidden: true, writable: true });
    account().properties.save(city);
  });

  test("a property that became read-only stops its mapping only where its direction wants it written", async () => {
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    account().properties.save({
      ...city,
      modificationMetadata: { ...city.modificationMetadata, readOnlyValue: true },
    });
    for (const [syncType, reason] of [
      ["to_snov", null],
      ["both", "hubspot_property_read_only"],
      ["to_hubspot", "hubspot_property_read_only"],
    ] as const) {
      await world.db.update(integrations).set({ syncType }).where(eq(integrations.id, integrationId));
      await refresh();
      expect((await mapping("city"))?.stoppedReason).toBe(reason);
    }
    await world.db
      .update(fieldMappings)
      .set({ direction: "to_snov" })
      .where(and(eq(fieldMappings.integrationId, integrationId), eq(fieldMappings.hubspotProperty, "city")));
    await world.db.update(integrations).set({ syncType: "both" }).where(eq(integrations.id, integrationId));
    await refresh();
    expect((await mapping("city"))?.stoppedReason).toBeNull();
    account().properties.save(city);
  });

  test("a mapping that stopped because our own field is gone stays stopped", async () => {
    await world.db
      .update(fieldMappings)
      .set({ stoppedReason: "snov_field_deleted" })
      .where(and(eq(fieldMappings.integrationId, integrationId), eq(fieldMappings.hubspotProperty, "phone")));
    await refresh();
    expect((await mapping("phone"))?.stoppedReason).toBe("snov_field_deleted");
  });

  test("while HubSpot is away the properties stay as they were", async () => {
    const before = await known();
    world.sandbox.faults.set({ down: { ms: 60_000, mode: "503" } });
    await expect(refresh()).rejects.toMatchObject({ code: "hubspot_unavailable" });
    world.sandbox.faults.set({});
    expect(await known()).toEqual(before);
  });

  test("is for this workspace's owners and admins", async () => {
    const other = await world.newCtx();
    await expect(refreshProperties({ ctx: other, input: { integrationId } })).rejects.toMatchObject({
      code: "not_found",
    });
    const member = { ...ctx, role: "member" as const };
    await expect(refreshProperties({ ctx: member, input: { integrationId } })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await listHubspotProperties(world.db, other.workspaceId, connectionId)).toEqual([]);
  });
});

// Verifies: R-33
describe("creating a property from the dropdown", () => {
  const types = ["text", "number", "date", "datetime", "boolean", "choice", "choices"] as const;
  test.each(types)("of type %s", async (type) => {
    const options = type.startsWith("choice") ? [{ label: "Gold" }, { label: "Prata ção" }] : [];
    const label = `Nível ${type} ${integrationId.slice(0, 4)}`;
    const created = await createHubspotProperty({ ctx, input: { integrationId, label, type, options } });
    expect(created).toMatchObject({ side: "hubspot", label, type, writable: true, custom: true });
    expect(created.key).toMatch(/^nivel_[a-z0-9_]+$/);
    expect(created.options.map((option) => option.label)).toEqual(options.map((option) => option.label));
    expect((await known()).get(created.key)).toEqual(created);
    await refresh();
    expect((await known()).get(created.key)).toEqual(created);
  });

  test("a label that the account has already is refused by name", async () => {
    await expect(
      createHubspotProperty({ ctx, input: { integrationId, label: "job TITLE", type: "text" } }),
    ).rejects.toMatchObject({
      code: "already_exists",
      details: { fields: { label: "property_name_taken" } },
    });
  });

  test("takes another name than one that lies in the recycle bin, and keeps its label", async () => {
    const label = `Area ${integrationId.slice(0, 4)}`;
    const made = await createHubspotProperty({ ctx, input: { integrationId, label, type: "text" } });
    const bin = account().properties.get(made.key);
    if (!bin) throw new Error("it was not made");
    account().properties.save({ ...bin, archived: true });
    await refresh();
    const again = await createHubspotProperty({ ctx, input: { integrationId, label, type: "text" } });
    expect(again).toMatchObject({ key: `${made.key}_2`, label });
    expect((await known()).get(again.key)).toEqual(again);
  });

  test("is not made twice where somebody has made it in HubSpot since", async () => {
    const label = `Zone ${integrationId.slice(0, 4)}`;
    const name = label.toLowerCase().replace(" ", "_");
    const city = account().properties.get("city");
    if (!city) throw new Error("no city");
    account().properties.save({ ...city, name, label, hubspotDefined: false });
    await expect(
      createHubspotProperty({ ctx, input: { integrationId, label, type: "text" } }),
    ).rejects.toMatchObject({
      code: "already_exists",
      details: { fields: { label: "property_name_taken" } },
    });
    expect(account().properties.get(`${name}_2`)).toBeUndefined();
  });

  test.each([
    { status: 400, category: "VALIDATION_ERROR" },
    { status: 403, category: "PROPERTY_LIMIT" },
  ])("HubSpot's reason against it is told in HubSpot's words (%o)", async ({ status, category }) => {
    const message = "The account has reached its limit of 1000 properties";
    const send = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) =>
      init?.method === "POST" && String(url).includes("/crm/properties/")
        ? Response.json({ status: "error", category, message }, { status })
        : send(url, init),
    );
    await expect(
      createHubspotProperty({ ctx, input: { integrationId, label: "One too many", type: "text" } }),
    ).rejects.toMatchObject({
      code: "hubspot_refused",
      details: { reason: "hubspot_said", values: { message } },
    });
    vi.restoreAllMocks();
  });
});
