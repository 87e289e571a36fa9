// A constant and a first status whose options were taken away in HubSpot: their records say so until they are given.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { recordLinks } from "@/db/schema/sync";
import { tryAgain } from "@/services/integrations/try-again";
import { rereadProperties } from "@/services/properties/reread-properties";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { customFieldKey } from "@/sync/snov-fields";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll } from "../reconcile/compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.sandbox.control("POST", properties, {
    name: "origin",
    label: "Origin",
    type: "enumeration",
    fieldType: "select",
    groupName: "contactinformation",
    options: offering("Snov", "Fair"),
  });
  await reread();
  await world.configure({
    constantToHubspot: { field: "origin", value: "Snov" },
    statusProperty: "hs_lead_status",
    statusValue: "NEW",
    existingLinkedAt: new Date(),
  });
});
afterAll(() => world.close());

const properties = `/accounts/${ACCOUNT}/properties`;
const offering = (...values: string[]) =>
  values.map((value, displayOrder) => ({ value, label: value, displayOrder, hidden: false }));
const offer = async (name: "origin" | "hs_lead_status", ...values: string[]) => {
  await world.sandbox.control("PATCH", `${properties}/${name}`, { options: offering(...values) });
};
const reread = () => rereadProperties(world.ctx, world.connectionId);
const given = async (prospectId: string) => {
  const { properties } = await world.contact(await world.contactOf(prospectId));
  return [properties.origin || null, properties.hs_lead_status || null];
};
const owedTo = async (prospectId: string) =>
  (await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, prospectId)))[0]?.owed;
const add = async (name: string) => {
  const id = await world.addProspect({ emails: [`${name}@refused.example`], first_name: name });
  await world.reconcile();
  return id;
};
const lookAt = async (id: string) => {
  await world.notice("snov", id);
  return await world.reconcile();
};
const tellsOf = (label: string) => ({
  status: "failing",
  reason: "field_rejected",
  detail: { field: label, message: expect.stringContaining("was not one of the allowed options") },
});

// Verifies
describe("a constant or a first status that HubSpot refuses", () => {
  beforeEach(async () => {
    await offer("origin", "Snov", "Fair");
    await offer("hs_lead_status", "NEW", "OPEN");
    await reread();
    // The next refusal has them read again.
    await world.db.update(connections).set({ propertiesDoubtedAt: null });
  });

  it("is given at the next daily reading where its option was back before anybody had looked, and the doubt is no end in itself", async () => {
    await world.db.update(connections).set({ propertiesDoubtedAt: new Date() });
    await offer("origin", "Fair");
    const id = await add("moment");
    expect(await world.statusOf(id)).toMatchObject(tellsOf("Origin"));
    await offer("origin", "Snov", "Fair");
    await rereadProperties(world.ctx, world.connectionId, { why: "doubt" });
    await world.reconcile();
    expect(await given(id)).toEqual([null, "NEW"]);
    await reread();
    await world.reconcile();
    expect(await given(id)).toEqual(["Snov", "NEW"]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("keeps its record failing at every look, and no comparison calls it in sync or repaired", async () => {
    await offer("origin", "Fair");
    await offer("hs_lead_status", "OPEN");
    const id = await add("ana");
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "field_rejected" });
    expect(await owedTo(id)).toEqual(["constant", "status"]);
    expect(await lookAt(id)).toMatchObject({ toHubspot: 0 });
    expect(await world.statusOf(id)).toMatchObject(tellsOf("Origin"));
    const run = await compareAll(world);
    expect(run.counts).toMatchObject({ repaired: 0, failing: 1 });
    expect(run.reasons).toEqual([{ outcome: "failing", reason: "field_rejected", count: 1 }]);
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "field_rejected" });
  });

  it("holds back neither the record's other fields nor the other one of the two", async () => {
    await offer("origin", "Fair");
    const id = await add("bia");
    expect(await given(id)).toEqual([null, "NEW"]);
    await world.editProspect(id, "city", null, "Recife");
    await lookAt(id);
    const contact = await world.contact(await world.contactOf(id));
    expect(contact.properties).toMatchObject({ city: "Recife", hs_lead_status: "NEW" });
    expect(await world.statusOf(id)).toMatchObject(tellsOf("Origin"));
    expect(await owedTo(id)).toEqual(["constant"]);
  });

  it("is given once its option is back, to whom it is owed and to nobody else", async () => {
    const before = await add("caio");
    await world.editContact(await world.contactOf(before), { origin: "Fair", hs_lead_status: "" });
    await offer("origin", "Fair");
    await offer("hs_lead_status", "OPEN");
    await reread();
    const id = await add("davi");
    const edited = await add("eva");
    await world.editProspect(edited, "city", null, "Olinda");
    await lookAt(edited);
    expect(await given(edited)).toEqual([null, null]);

    await offer("origin", "Snov", "Fair");
    await offer("hs_lead_status", "NEW", "OPEN");
    world.wakes.length = 0;
    await reread();
    expect(world.wakes).toEqual([world.integrationId]);
    await world.reconcile();
    for (const owed of [id, edited]) {
      expect(await given(owed)).toEqual(["Snov", "NEW"]);
      expect(await world.statusOf(owed)).toMatchObject({ status: "in_sync" });
      expect(await owedTo(owed)).toEqual([]);
    }
    expect(await given(before)).toEqual(["Fair", null]);
  });

  it("is tried again when a person asks for it", async () => {
    await offer("origin", "Fair");
    const id = await add("fabio");
    await offer("origin", "Snov", "Fair");
    await lookAt(id);
    expect(await given(id)).toEqual([null, "NEW"]);
    const record = { side: "snov" as const, recordId: id };
    await tryAgain({ ctx: world.ctx, input: { integrationId: world.integrationId, record } });
    await world.reconcile();
    expect(await given(id)).toEqual(["Snov", "NEW"]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("leaves a status that a salesperson has given meanwhile", async () => {
    await offer("hs_lead_status", "OPEN");
    const id = await add("gabi");
    expect(await world.statusOf(id)).toMatchObject(tellsOf("Lead status"));
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { hs_lead_status: "OPEN" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    await world.editContact(contactId, { hs_lead_status: "" });
    await offer("hs_lead_status", "NEW", "OPEN");
    await reread();
    await lookAt(id);
    expect(await given(id)).toEqual(["Snov", null]);
  });

  it("is given together with what else is owed, when of the two only one is refused", async () => {
    await offer("origin", "Fair");
    await offer("hs_lead_status", "OPEN");
    const id = await add("hugo");
    await offer("hs_lead_status", "NEW", "OPEN");
    await tryAgain({ ctx: world.ctx, input: { integrationId: world.integrationId } });
    await world.reconcile();
    expect(await given(id)).toEqual([null, "NEW"]);
    expect(await world.statusOf(id)).toMatchObject(tellsOf("Origin"));
  });

  it("is told also where a mapping has the same property", async () => {
    const options = [{ label: "New" }, { label: "Open" }];
    const input = { name: "Lead status", type: "choice" as const, options };
    const field = await createCustomField({ ctx: world.ctx, input });
    const valueMap = Object.fromEntries(
      field.options.map(({ value, label }) => [value, label.toUpperCase()]),
    );
    const mapping = { snovField: customFieldKey(field.id), hubspotProperty: "hs_lead_status", valueMap };
    await world.addMapping(mapping);
    await offer("hs_lead_status", "OPEN");
    const id = await add("iara");
    await lookAt(id);
    expect(await world.statusOf(id)).toMatchObject(tellsOf("Lead status"));
    await offer("hs_lead_status", "NEW", "OPEN");
    await reread();
    await world.reconcile();
    expect(await given(id)).toEqual(["Snov", "NEW"]);
  });
});
