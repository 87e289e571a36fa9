// Who asked to be erased stays so under every address that they are known to have had.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { erasedContacts } from "@/db/schema/safety";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() => world.configure({ syncType: "both" }));

async function linked(name: string) {
  const emails = [`${name}@example.com`];
  const id = await world.addProspect({ emails, first_name: name });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

async function look(contactId: string) {
  await world.notice("hubspot", contactId);
  await world.reconcile();
}

async function erase(contactId: string) {
  await world.eraseContact(contactId);
  await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
  await look(contactId);
}

async function comesAgain(email: string) {
  const id = await world.addProspect({ emails: [email], first_name: "Again" });
  await world.reconcile();
  return world.statusOf(id);
}

describe("a person who was erased (Verifies: R-70)", () => {
  const isErased = { status: "excluded", reason: "erased" };

  it("stays so under an address that the prospect had before", async () => {
    const { id, contactId } = await linked("ten");
    await world.editProspect(
      id,
      "emails",
      ["ten@example.com"],
      ["ten-new@example.com", "ten-more@example.com"],
    );
    await world.reconcile();
    await world.editProspect(
      id,
      "emails",
      ["ten-new@example.com", "ten-more@example.com"],
      ["ten-new@example.com"],
    );
    await world.reconcile();
    await erase(contactId);
    expect(await comesAgain("ten@example.com")).toMatchObject(isErased);
    expect(await comesAgain("ten-more@example.com")).toMatchObject(isErased);
  });

  it("stays so under one that was changed in HubSpot, also where the prospect itself may not be erased", async () => {
    const { contactId } = await linked("uma");
    await world.editContact(contactId, { email: "uma-new@example.com" });
    await look(contactId);
    await world.configure({ syncType: "to_hubspot" });
    await erase(contactId);
    expect(await comesAgain("uma@example.com")).toMatchObject(isErased);
  });

  it("is not taken for another one who has such an address by then", async () => {
    const { id, contactId } = await linked("vera");
    await world.editProspect(id, "emails", ["vera@example.com"], ["vera-new@example.com"]);
    await world.reconcile();
    const other = await world.addProspect({ emails: ["vera@example.com"], first_name: "Another" });
    await world.reconcile();
    await erase(contactId);
    await world.notice("snov", other);
    await world.reconcile();
    expect(await world.statusOf(other)).toMatchObject({ status: "in_sync" });
  });
});
