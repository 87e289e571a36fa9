// HubSpot makes a property read-only that travels both ways: no direction is narrowed unasked. The mapping stops alone and
// says so, both sides keep their values, and once it can be written again they meet as usual.
import { and, eq, like, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { activities, recordLinks, recordStatuses } from "@/db/schema/sync";
import { readOverview } from "@/services/integrations/read-overview";
import { saveDirection } from "@/services/integrations/save-direction";
import { updateMapping } from "@/services/integrations/update-mapping";
import { rereadProperties } from "@/services/properties/reread-properties";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

async function makeReadOnly(property: string, readOnlyValue: boolean): Promise<void> {
  await world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/${property}`, { readOnlyValue });
  await rereadProperties(world.ctx, world.connectionId);
}
async function mappingOf(property: string) {
  const rows = await world.db.select().from(fieldMappings);
  const found = rows.find(({ hubspotProperty }) => hubspotProperty === property);
  if (!found) throw new Error("no such mapping");
  return found;
}
async function pair(email: string, values: Record<string, string>) {
  const id = await world.addProspect({ emails: [email], first_name: "Ro", ...values });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}
async function edit(id: string, field: string, seen: string, value: string): Promise<void> {
  await world.editProspect(id, field, seen, value);
  await world.notice("snov", id);
  await world.reconcile();
}
const stopped = async () =>
  (await readOverview({ ctx: world.ctx, input: { id: world.integrationId } })).stoppedMappings;
const readOnly = { stoppedReason: "hubspot_property_read_only", direction: "both" };

// Verifies
describe("a property that travels both ways and becomes read-only", () => {
  it("stops alone, says so, and takes up what was edited meanwhile by itself", async () => {
    const { id, contactId } = await pair("one@example.com", { city: "Lima", company: "A" });
    await makeReadOnly("city", true);
    expect(await mappingOf("city")).toMatchObject(readOnly);
    expect(await stopped()).toMatchObject([{ property: "City", reason: "hubspot_property_read_only" }]);
    await edit(id, "city", "Lima", "Cusco");
    expect((await world.contact(contactId)).properties.city).toBe("Lima");
    await edit(id, "company", "A", "B");
    expect((await world.contact(contactId)).properties.company).toBe("B");
    await makeReadOnly("city", false);
    expect(await stopped()).toEqual([]);
    expect(await world.pending()).toHaveLength(1);
    await world.reconcile();
    expect((await world.contact(contactId)).properties.city).toBe("Cusco");
    const told = await world.db.select().from(activities).where(like(activities.kind, "mapping/%"));
    expect(told).toMatchObject([
      { kind: "mapping/stopped", changes: [{ field: "city", after: "hubspot_property_read_only" }] },
      { kind: "mapping/resumed", changes: [{ field: "city", after: null }] },
    ]);
  });

  it("keeps both values where both were changed meanwhile, and asks about them afterwards", async () => {
    await world.configure({ policy: "ask" });
    const { id, contactId } = await pair("two@example.com", { country: "Peru" });
    await makeReadOnly("country", true);
    await edit(id, "country", "Peru", "Chile");
    // HubSpot's own change, of which a page hears before the definitions are read again.
    await world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/country`, { readOnlyValue: false });
    await world.editContact(contactId, { country: "Bolivia" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.prospectByEmail("two@example.com")).toMatchObject({ country: "Chile" });
    expect(await world.openConflicts()).toEqual([]);
    await rereadProperties(world.ctx, world.connectionId);
    await world.reconcile();
    expect(await world.prospectByEmail("two@example.com")).toMatchObject({ country: "Chile" });
    expect((await world.contact(contactId)).properties.country).toBe("Bolivia");
    expect(await world.openConflicts()).toMatchObject([{ snovValue: "Chile", hubspotValue: "Bolivia" }]);
  });

  it("goes on to Snov.io once a person chooses that", async () => {
    const { contactId } = await pair("three@example.com", { job_title: "CEO" });
    await world.editContact(contactId, { jobtitle: "CTO" });
    await makeReadOnly("jobtitle", true);
    const { id: mappingId } = await mappingOf("jobtitle");
    const input = { integrationId: world.integrationId, mappingId };
    await updateMapping({ ctx: world.ctx, input: { ...input, policy: "most_recent" } });
    expect(await mappingOf("jobtitle")).toMatchObject(readOnly);
    await updateMapping({ ctx: world.ctx, input: { ...input, direction: "to_snov" } });
    expect(await mappingOf("jobtitle")).toMatchObject({ stoppedReason: null, direction: "to_snov" });
    const told = await world.db.select().from(activities).where(eq(activities.recordName, "Job title"));
    expect(told.map(({ kind }) => kind)).toEqual(["mapping/stopped", "mapping/resumed"]);
    await world.reconcile();
    expect(await world.prospectByEmail("three@example.com")).toMatchObject({ jobTitle: "CTO" });
    await rereadProperties(world.ctx, world.connectionId);
    expect(await mappingOf("jobtitle")).toMatchObject({ stoppedReason: null });
    await makeReadOnly("jobtitle", false);
  });

  it("stops and goes on with the direction of the whole integration", async () => {
    const choose = (syncType: "to_snov" | "both") =>
      saveDirection({ ctx: world.ctx, input: { integrationId: world.integrationId, syncType } });
    await choose("to_snov");
    await makeReadOnly("industry", true);
    expect(await mappingOf("industry")).toMatchObject({ stoppedReason: null });
    await choose("both");
    expect(await mappingOf("industry")).toMatchObject(readOnly);
    const [last] = await world.db
      .select()
      .from(activities)
      .where(and(eq(activities.kind, "mapping/stopped"), eq(activities.recordName, "Industry")));
    expect(last?.changes).toMatchObject([{ field: "industry" }]);
    await choose("to_snov");
    expect(await mappingOf("industry")).toMatchObject({ stoppedReason: null });
  });

  it("resumes without touching what only differs since before launch", async () => {
    await world.configure({ policy: "ask", syncType: "both" });
    await makeReadOnly("industry", false);
    const { id, contactId } = await pair("before@example.com", { city: "Lima", company: "A" });
    const unmet = [(await mappingOf("city")).id, (await mappingOf("company")).id];
    await world.db
      .update(recordLinks)
      .set({ base: sql`${recordLinks.base} - ${sql.param(unmet)}::text[]` })
      .where(eq(recordLinks.prospectId, id));
    await world.db
      .update(recordStatuses)
      .set({ status: "excluded", reason: "not_transferred" })
      .where(eq(recordStatuses.recordId, id));
    await world.editContact(contactId, { company: "B", city: "" });
    await makeReadOnly("city", true);
    await makeReadOnly("city", false);
    await world.reconcile();
    const { city, company } = (await world.contact(contactId)).properties;
    expect([city ?? "", company]).toEqual(["", "B"]);
    expect(await world.prospectByEmail("before@example.com")).toMatchObject({ city: "Lima", company: "A" });
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "not_transferred" });

    await world.editProspect(id, "first_name", "Ro", "Rosa");
    await world.reconcile();
    expect((await world.contact(contactId)).properties).toMatchObject({ firstname: "Rosa", city: "Lima" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict" });
  });
});

// Verifies: R-14
it("names a property that HubSpot tells nothing of any more by the label that people know", async () => {
  const name = "gone_soon";
  await world.sandbox.control("POST", `/accounts/${ACCOUNT}/properties`, {
    name,
    label: "Gone soon",
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
  });
  await rereadProperties(world.ctx, world.connectionId);
  await world.addMapping({ snovField: await world.addCustomField("Going"), hubspotProperty: name });
  await world.sandbox.call("DELETE", `/crm/properties/2026-03/contacts/${name}`);
  for (const _ of ["once", "and again"]) await rereadProperties(world.ctx, world.connectionId);
  expect(await stopped()).toMatchObject([{ property: "Gone soon", reason: "hubspot_property_gone" }]);
});
