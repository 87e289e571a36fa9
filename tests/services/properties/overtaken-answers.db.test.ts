// HubSpot's answer about an account's properties may come late: what became known while it was on its way is newer.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connections, hubspotProperties } from "@/db/schema/connections";
import { fieldMappings } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { createHubspotProperty } from "@/services/properties/create-hubspot-property";
import { refreshProperties } from "@/services/properties/refresh-properties";
import { rereadProperties } from "@/services/properties/reread-properties";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { customFieldKey } from "@/sync/snov-fields";
import { clientOf } from "../../sandbox/test-sandbox";
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
afterEach(() => vi.restoreAllMocks());
afterAll(() => world.close());

const mapped = async (hubspotProperty: string) => {
  const rows = await world.db
    .select()
    .from(fieldMappings)
    .where(eq(fieldMappings.integrationId, integrationId));
  return rows.find((row) => row.hubspotProperty === hubspotProperty);
};
const map = async (hubspotProperty: string) => {
  const { id } = await createCustomField({ ctx, input: { name: "Region", type: "text", options: [] } });
  const snovField = customFieldKey(id);
  await world.db.insert(fieldMappings).values({ integrationId, snovField, hubspotProperty, position: 99 });
};
const known = async () => {
  const own = eq(hubspotProperties.connectionId, connectionId);
  return (await world.db.select().from(hubspotProperties).where(own)).map(({ name }) => name);
};
const refreshedAt = async () =>
  (await world.db.select().from(connections).where(eq(connections.id, connectionId)))[0]
    ?.propertiesRefreshedAt;
const change = (name: string, archived: boolean) =>
  clientOf(world.url).control("PATCH", `/accounts/${NORTHWIND}/properties/${name}`, { archived });

const send = globalThis.fetch;
/** HubSpot answers the next reading of the properties at once, and the answer is on its way until it is let through. */
function holdNext() {
  let letThrough = () => {};
  const through = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  const answered = new Promise<void>((answer) => {
    let isHeld = false;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const response = await send(url, init);
      const isList = init?.method === "GET" && String(url).includes("/contacts?archived=false");
      if (isHeld || !isList) return response;
      isHeld = true;
      answer();
      await through;
      return response;
    });
  });
  return { answered, letThrough };
}
const make = (name: string) =>
  createHubspotProperty({
    ctx,
    input: { integrationId, label: `${name} ${integrationId.slice(0, 6)}`, type: "text" },
  });

// Verifies
describe("a property that is made while an older answer is on its way", () => {
  it("stays known and mapped, until an answer that is newer does not have it", async () => {
    const older = holdNext();
    const reading = rereadProperties(ctx, connectionId);
    await older.answered;
    const { key } = await make("Region");
    await map(key);
    older.letThrough();
    await reading;
    expect(await known()).toContain(key);
    expect(await mapped(key)).toMatchObject({ stoppedReason: null });

    await rereadProperties(ctx, connectionId);
    expect(await known()).toContain(key);
    await change(key, true);
    await rereadProperties(ctx, connectionId);
    expect(await known()).not.toContain(key);
    expect(await mapped(key)).toMatchObject({ stoppedReason: "hubspot_property_gone" });
  });

  it("stays known and mapped where the answer is to somebody who connects the account anew", async () => {
    const older = holdNext();
    const connecting = world.connect(ctx, NORTHWIND, integrationId);
    await older.answered;
    const { key } = await make("Zone");
    await map(key);
    older.letThrough();
    await connecting;
    expect(await known()).toContain(key);
    expect(await mapped(key)).toMatchObject({ stoppedReason: null });
  });
});

// Verifies: R-14
describe("of two answers about the properties", () => {
  it("the one that was asked for earlier changes nothing where it comes later", async () => {
    const older = holdNext();
    const reading = rereadProperties(ctx, connectionId);
    await older.answered;
    await change("city", true);
    await refreshProperties({ ctx, input: { integrationId } });
    const before = await refreshedAt();
    older.letThrough();
    await reading;
    expect(await mapped("city")).toMatchObject({ stoppedReason: "hubspot_property_gone" });
    expect(await known()).not.toContain("city");
    expect(await refreshedAt()).toEqual(before);
    await change("city", false);
    await rereadProperties(ctx, connectionId);
    expect(await mapped("city")).toMatchObject({ stoppedReason: null });
  });

  it("the earlier one of somebody who asks still has what was refused tried again", async () => {
    await world.launch(integrationId);
    const [prospect] = await world.db.insert(prospects).values({ workspaceId: ctx.workspaceId }).returning();
    const city = await mapped("city");
    await world.db.insert(recordLinks).values({
      integrationId,
      prospectId: prospect?.id ?? "",
      contactId: "77",
      refused: { [city?.id ?? ""]: { on: "hubspot", value: "Rio", message: "no" } },
    });
    const older = holdNext();
    const refreshing = refreshProperties({ ctx, input: { integrationId } });
    await older.answered;
    await rereadProperties(ctx, connectionId);
    older.letThrough();
    await refreshing;
    const links = await world.db
      .select()
      .from(recordLinks)
      .where(eq(recordLinks.integrationId, integrationId));
    expect(links.map(({ refused }) => refused)).toEqual([{}]);
  });

  it("the one that was asked for later counts where the earlier one came while it was on its way", async () => {
    const older = holdNext();
    const reading = rereadProperties(ctx, connectionId);
    await older.answered;
    await change("city", true);
    const newer = holdNext();
    const refreshing = refreshProperties({ ctx, input: { integrationId } });
    await newer.answered;
    older.letThrough();
    await reading;
    expect(await known()).toContain("city");
    newer.letThrough();
    await refreshing;
    expect(await known()).not.toContain("city");
    await change("city", false);
  });
});
