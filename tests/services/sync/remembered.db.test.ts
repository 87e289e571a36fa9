// What a pair remembers between two looks: its open conflicts, whether it was first synced, and where its records are.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { recordLinks } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() => world.configure({ outgoingScope: { kind: "all" }, incomingScope: { kind: "all" } }));

async function linked(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO" });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

/** Both sides give the job title another value. */
async function inConflict(name: string) {
  const pair = await linked(name);
  await world.editContact(pair.contactId, { jobtitle: "Chair" });
  await world.editProspect(pair.id, "job_title", "CEO", "CTO");
  await world.reconcile();
  return pair;
}

const conflictOf = async (id: string) =>
  (await world.openConflicts()).find(({ recordId }) => recordId === id);
const linkOf = async (id: string) =>
  (await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id)))[0];

describe("an open conflict (Verifies: R-60, R-63)", () => {
  it("is shown with the values of today, and stays the same one", async () => {
    const { id, contactId } = await inConflict("Ana");
    const before = await conflictOf(id);
    await world.editContact(contactId, { jobtitle: "Founder" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await conflictOf(id)).toMatchObject({
      id: before?.id,
      baseValue: "CEO",
      snovValue: "CTO",
      hubspotValue: "Founder",
    });
  });

  it("stays open while its mapping is stopped, and while nothing of its pair may travel", async () => {
    const { id } = await inConflict("Bia");
    const ofTitle = eq(fieldMappings.snovField, "job_title");
    await world.db.update(fieldMappings).set({ stoppedReason: "hubspot_property_gone" }).where(ofTitle);
    await world.notice("snov", id);
    await world.reconcile();
    expect(await conflictOf(id)).toBeDefined();

    await world.db.update(fieldMappings).set({ stoppedReason: null }).where(ofTitle);
    await world.configure({
      outgoingScope: { kind: "lists", ids: [world.listId] },
      incomingScope: { kind: "lists", ids: [] },
    });
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "out_of_scope" });
    expect(await conflictOf(id)).toBeDefined();
  });
});

describe("a pair", () => {
  it("that was first synced to one side stays so when the other one is written", async () => {
    const { id, contactId } = await linked("Caio");
    expect(await linkOf(id)).toMatchObject({ firstSyncedToHubspot: true, firstSyncedToSnov: false });
    await world.editContact(contactId, { jobtitle: "Chair" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await linkOf(id)).toMatchObject({ firstSyncedToHubspot: true, firstSyncedToSnov: true });
  });

  it("of which both records are there again is no removed one, and knows where they are", async () => {
    const { id } = await linked("Davi");
    await world.db
      .update(recordLinks)
      .set({ bothRemoved: true, snovInScope: false, hubspotInScope: false })
      .where(eq(recordLinks.prospectId, id));
    await world.notice("snov", id);
    await world.reconcile();
    expect(await linkOf(id)).toMatchObject({ bothRemoved: false, snovInScope: true, hubspotInScope: true });
  });

  it("leaves nothing to look at when it was carried across: our own write is no notice", async () => {
    const { contactId } = await linked("Elza");
    await world.editContact(contactId, { jobtitle: "Chair" });
    await world.notice("hubspot", contactId);
    expect(await world.page()).toMatchObject({ claimed: 1, toSnov: 1 });
    expect(await world.pending()).toEqual([]);
  });
});
