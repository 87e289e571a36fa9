// HubSpot says of a property that it is not as we know it: all are read again, soon and not too often, and what was refused
// because of that goes on.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { fieldMappings } from "@/db/schema/integrations";
import { activities } from "@/db/schema/sync";
import { refreshProperties } from "@/services/properties/refresh-properties";
import { pollContacts } from "@/services/sync/poll-contacts";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { mapTextProperty } from "./map-property";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const propertiesOf = async (prospectId: string) =>
  (await world.contact(await world.contactOf(prospectId))).properties;
const edit = async (id: string, ...change: [string, string | null, string | null]) => {
  await world.editProspect(id, ...change);
  await world.notice("snov", id);
  return await world.reconcile();
};

// Verifies
describe("a refusal that says the definition is out of date", () => {
  const rereadAgo = (ms: number) =>
    world.db.update(connections).set({ propertiesDoubtedAt: new Date(Date.now() - ms) });
  beforeEach(async () => {
    await world.db.update(connections).set({ propertiesDoubtedAt: null, openDoubtAt: null });
  });
  const mappingOf = async (id: string) =>
    (await world.db.select().from(fieldMappings).where(eq(fieldMappings.id, id)))[0];

  it("has the properties read again: the field stops alone, says so, and holds back no record", async () => {
    const gone = await mapTextProperty(world, "gone_soon");
    const id = await world.addProspect({ emails: ["old@example.com"], first_name: "Old" });
    await world.reconcile();
    await world.sandbox.call("DELETE", "/crm/properties/2026-03/contacts/gone_soon");
    await world.editProspect(id, gone.snovField, null, "unheard");
    await edit(id, "first_name", "Old", "Older");
    expect(await propertiesOf(id)).toMatchObject({ firstname: "Older" });
    expect(await mappingOf(gone.id)).toMatchObject({ stoppedReason: "hubspot_property_gone" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    const told = await world.db.select().from(activities).where(eq(activities.kind, "mapping/stopped"));
    expect(told).toHaveLength(1);
  });

  it("does so once a minute at most", async () => {
    const gone = await mapTextProperty(world, "gone_later");
    await rereadAgo(50_000);
    const id = await world.addProspect({ emails: ["late@example.com"], [gone.snovField]: "x" });
    await world.sandbox.call("DELETE", "/crm/properties/2026-03/contacts/gone_later");
    await world.reconcile();
    expect(await mappingOf(gone.id)).toMatchObject({ stoppedReason: null });
    await rereadAgo(70_000);
    await edit(id, gone.snovField, "x", "y");
    expect(await mappingOf(gone.id)).toMatchObject({ stoppedReason: "hubspot_property_gone" });
  });

  it("lets its page count as done where HubSpot does not answer", async () => {
    const gone = await mapTextProperty(world, "gone_unread");
    const id = await world.addProspect({ emails: ["down@example.com"], [gone.snovField]: "x" });
    await world.sandbox.call("DELETE", "/crm/properties/2026-03/contacts/gone_unread");
    const failNext = { count: 1, status: 503, match: "GET /crm/properties" };
    await world.sandbox.control("PUT", "/faults", { failNext });
    await world.reconcile();
    expect(await propertiesOf(id)).toMatchObject({ email: "down@example.com" });
    expect(await mappingOf(gone.id)).toMatchObject({ stoppedReason: null });
  });

  it("is looked into by a poll, where it came within the minute or HubSpot did not answer", async () => {
    const gone = await mapTextProperty(world, "gone_meanwhile");
    await rereadAgo(50_000);
    const id = await world.addProspect({ emails: ["meanwhile@example.com"], [gone.snovField]: "x" });
    await world.sandbox.call("DELETE", "/crm/properties/2026-03/contacts/gone_meanwhile");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "failing" });
    await rereadAgo(70_000);
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 1, status: 503, match: "GET /crm/properties" },
    });
    await pollContacts(world.ctx, world.integrationId);
    expect(await mappingOf(gone.id)).toMatchObject({ stoppedReason: null });
    await rereadAgo(70_000);
    await pollContacts(world.ctx, world.integrationId);
    expect(await mappingOf(gone.id)).toMatchObject({ stoppedReason: "hubspot_property_gone" });
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });

    const [before] = await world.db.select().from(connections);
    await rereadAgo(70_000);
    await pollContacts(world.ctx, world.integrationId);
    const [after] = await world.db.select().from(connections);
    expect(after?.propertiesRefreshedAt).toEqual(before?.propertiesRefreshedAt);
  });

  it("is over for whoever puts it right before anybody has looked, and refreshes the fields", async () => {
    const moment = await mapTextProperty(world, "gone_a_moment");
    const id = await world.addProspect({ emails: ["moment@example.com"], first_name: "Mo" });
    await world.reconcile();
    await rereadAgo(0);
    const readOnly = (is: boolean) =>
      world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/gone_a_moment`, { readOnlyValue: is });
    await readOnly(true);
    await edit(id, moment.snovField, null, "late");
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "field_rejected" });
    await readOnly(false);
    await refreshProperties({ ctx: world.ctx, input: { integrationId: world.integrationId } });
    await world.reconcile();
    expect(await propertiesOf(id)).toMatchObject({ gone_a_moment: "late" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });
});
