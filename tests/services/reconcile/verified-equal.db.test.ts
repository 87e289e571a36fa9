// What is called equal was compared and is equal: a one-way field whose sides differ, and one that nobody compares, are named.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { readRecords } from "@/services/integrations/read-records";
import { readProspect } from "@/services/prospects/read-prospect";
import { readComparisons } from "@/services/reconcile/read-comparisons";
import { linkExistingPage } from "@/services/sync/link-existing";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll, forgetAll, linkedPair } from "./compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
/** Nobody is left on either side, and every field goes both ways. */
beforeEach(async () => {
  await forgetAll(world);
  await world.db.update(fieldMappings).set({ direction: "both", stoppedReason: null });
});
afterAll(() => world.close());

const set = (snovField: string, values: Partial<typeof fieldMappings.$inferInsert>) =>
  world.db
    .update(fieldMappings)
    .set(values)
    .where(and(eq(fieldMappings.integrationId, world.integrationId), eq(fieldMappings.snovField, snovField)));

const linked = (name: string) => linkedPair(world, name, { city: "Natal" });

const lastComparison = async () => {
  const [last] = await readComparisons({ ctx: world.ctx, input: { id: world.integrationId } });
  if (!last) throw new Error("no comparison has ended");
  return last;
};
const unequal = async (reason: string) =>
  (
    await readRecords({
      ctx: world.ctx,
      input: { id: world.integrationId, filter: { status: "in_sync", reason } },
    })
  ).records.map(({ recordId }) => recordId);

// Verifies
describe("a record in sync", () => {
  it("whose one-way field differs says so, at its page and among the records, as soon as it is looked at", async () => {
    await set("city", { direction: "to_hubspot" });
    const [ana, bia] = [await linked("Ana"), await linked("Bia")];
    await world.editContact(ana.contactId, { city: "Olinda" });
    await world.notice("hubspot", ana.contactId);
    await world.reconcile();
    expect(await world.statusOf(ana.id)).toMatchObject({
      status: "in_sync",
      reason: "one_way",
      detail: { fields: "city" },
    });
    expect(await world.statusOf(bia.id)).toMatchObject({ status: "in_sync", reason: null, detail: {} });
    expect(await unequal("one_way")).toEqual([ana.id]);
    const { sync } = await readProspect({ ctx: world.ctx, input: { id: ana.id } });
    expect(sync[0]).toMatchObject({ status: "in_sync", reason: "one_way", detail: { fields: "city" } });

    await world.editProspect(ana.id, "city", "Natal", "Recife");
    await world.reconcile();
    expect(await world.statusOf(ana.id)).toMatchObject({ status: "in_sync", reason: null, detail: {} });
  });

  it("that was made without what only comes from its side is not called equal", async () => {
    await set("city", { direction: "to_snov" });
    const { id, contactId } = await linked("Ana");
    expect((await world.contact(contactId))?.properties.city ?? "").toBe("");
    expect(await world.statusOf(id)).toMatchObject({ reason: "one_way", detail: { fields: "city" } });
  });

  it("that was found alike after launch is not called equal where one side alone has a value that does not travel", async () => {
    await world.configure({ existingLinkedAt: null });
    await set("city", { direction: "to_hubspot" });
    const contact = await world.addContact({ email: "ana@example.com", firstname: "Ana", city: "Olinda" });
    const id = await world.addProspect({ emails: ["ana@example.com"], first_name: "Ana" });
    while ((await linkExistingPage(world.ctx, world.integrationId)).more);
    expect(await world.contactOf(id)).toBe(contact.id);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync", reason: "one_way" });
  });
});

// Verifies: R-72
describe("a comparison", () => {
  it("counts apart those whose one-way field differs, repairs none of them, and says so of the record", async () => {
    await set("city", { direction: "to_hubspot" });
    const [ana] = [await linked("Ana"), await linked("Bia")];
    await world.editContact(ana.contactId, { city: "Olinda" });
    await compareAll(world);
    const { counts, reasons, notCompared } = await lastComparison();
    expect(counts).toMatchObject({ compared: 2, equal: 1, oneWay: 1, repaired: 0, arrived: 0 });
    expect(reasons).toEqual([{ outcome: "one_way", reason: null, count: 1 }]);
    expect(notCompared).toEqual([]);
    expect(await unequal("one_way")).toEqual([ana.id]);

    await world.editContact(ana.contactId, { city: "Natal" });
    await compareAll(world);
    expect((await lastComparison()).counts).toMatchObject({ compared: 2, equal: 2, oneWay: 0 });
    expect(await world.statusOf(ana.id)).toMatchObject({ status: "in_sync", reason: null, detail: {} });
  });

  it("counts apart also one that the line had to look at first", async () => {
    await set("city", { direction: "to_hubspot" });
    const ana = await linked("Ana");
    await world.editContact(ana.contactId, { city: "Olinda" });
    await world.editProspect(ana.id, "first_name", "Ana", "Anna");
    await compareAll(world);
    expect((await lastComparison()).counts).toMatchObject({ compared: 1, equal: 0, oneWay: 1, arrived: 0 });
  });

  it("names the fields whose mapping is stopped, of itself and of each record, until they go on", async () => {
    const { id, contactId } = await linked("Ana");
    await set("city", { stoppedReason: "hubspot_property_read_only" });
    await world.editContact(contactId, { city: "Olinda" });
    await compareAll(world);
    const stopped = await lastComparison();
    expect(stopped.counts).toMatchObject({ compared: 1, equal: 1, repaired: 0 });
    expect(stopped.notCompared).toEqual(["city"]);
    expect(await world.statusOf(id)).toMatchObject({
      status: "in_sync",
      reason: "not_compared",
      detail: { stopped: "city" },
    });
    expect(await unequal("not_compared")).toEqual([id]);

    await set("city", { stoppedReason: null });
    await compareAll(world);
    const going = await lastComparison();
    expect(going.counts).toMatchObject({ compared: 1, repaired: 1 });
    expect(going.notCompared).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync", reason: null, detail: {} });
  });

  it("does not name a field that was deleted here", async () => {
    const field = await world.addCustomField("Shoe size");
    await world.addMapping({ snovField: field, hubspotProperty: "fax" });
    const { id } = await linked("Ana");
    await world.db.execute("update custom_fields set deleted_at = now()");
    await set(field, { stoppedReason: "snov_field_deleted" });
    await compareAll(world);
    expect((await lastComparison()).notCompared).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync", reason: null });
  });
});
