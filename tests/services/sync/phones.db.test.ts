// HubSpot has one phone of a contact, a prospect may have several: the first one is synced.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("a prospect with two phones (Verifies: R-73)", () => {
  it("a phone that is cleared in HubSpot goes from the prospect, and its next one takes the place on both sides", async () => {
    const id = await world.addProspect({ emails: ["two@phones.example"], phones: ["+55 111", "+55 222"] });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    expect((await world.contact(contactId)).properties.phone).toBe("+55 111");
    await world.editContact(contactId, { phone: "" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.prospectByEmail("two@phones.example")).toMatchObject({ phones: ["+55 222"] });
    expect((await world.contact(contactId)).properties.phone).toBe("+55 222");
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    await world.notice("hubspot", contactId);
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
  });
});
