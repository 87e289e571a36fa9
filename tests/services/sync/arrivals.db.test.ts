import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { pendingRecords, recordLinks } from "@/db/schema/sync";
import { rememberErased } from "@/services/sync/erased-addresses";
import { linkExistingPage } from "@/services/sync/link-existing";
import { pollContacts } from "@/services/sync/poll-contacts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("linking what exists at launch", () => {
  it("remembers where two sides agree, writes to neither, and gives a later edit its base", async () => {
    const draft = { emails: ["ana@example.com"], first_name: "Ana", job_title: "CEO", city: "Recife" };
    await world.db
      .update(integrations)
      .set({ state: "draft" })
      .where(eq(integrations.id, world.integrationId));
    const id = await world.addProspect(draft);
    const contact = await world.addContact({
      email: "ana@example.com",
      firstname: "Ana",
      jobtitle: "CEO",
      city: "Natal",
    });
    await world.db
      .update(integrations)
      .set({ state: "active" })
      .where(eq(integrations.id, world.integrationId));

    expect(await linkExistingPage(world.ctx, world.integrationId)).toEqual({ more: false, linked: 1 });
    expect((await world.contact(contact.id)).properties.city).toBe("Natal");
    expect(await world.prospectByEmail("ana@example.com")).toMatchObject({ city: "Recife", version: 1 });
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "not_transferred" });

    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect((await world.contact(contact.id)).properties).toMatchObject({ jobtitle: "CTO", city: "Natal" });
    const open = await world.openConflicts();
    expect(open).toMatchObject([{ snovValue: "Recife", hubspotValue: "Natal", baseValue: null }]);
  });

  it("is done once", async () => {
    expect(await linkExistingPage(world.ctx, world.integrationId)).toEqual({ more: false, linked: 0 });
    expect(await world.db.select().from(recordLinks)).toHaveLength(1);
  });

  it("links nobody who has an erased address, and says so", async () => {
    await world.db.transaction((tx) => rememberErased(tx, world.ctx.workspaceId, ["erased@example.com"]));
    const id = await world.addProspect({ emails: ["erased@example.com"], first_name: "Er" });
    await world.addContact({ email: "erased@example.com", firstname: "Er" });
    await world.db.delete(pendingRecords);
    await world.configure({ existingLinkedAt: null, linkCursor: null });
    expect(await linkExistingPage(world.ctx, world.integrationId)).toMatchObject({ linked: 0 });
    await world.reconcile();
    expect(await world.contactOf(id)).toBe("");
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "erased" });
  });
});

describe("polling HubSpot", () => {
  it("finds a change that no webhook told, and marks it once (Verifies: R-72)", async () => {
    const contact = await world.addContact({ email: "poll@example.com", firstname: "Paula" });
    expect(await pollContacts(world.ctx, world.integrationId)).toMatchObject({ noticed: expect.any(Number) });
    await world.reconcile();
    expect(await world.prospectByEmail("poll@example.com")).toMatchObject({ firstName: "Paula" });

    expect(await pollContacts(world.ctx, world.integrationId)).toEqual({ noticed: 0, more: false });
    await world.editContact(contact.id, { city: "Olinda" });
    expect(await pollContacts(world.ctx, world.integrationId)).toEqual({ noticed: 1, more: false });
    await world.reconcile();
    expect(await world.prospectByEmail("poll@example.com")).toMatchObject({ city: "Olinda" });
  });

  it("brings in only what is in the chosen HubSpot lists, also when it joins later (Verifies: R-32)", async () => {
    const lists = await world.sandbox.call<{ listId: string; name: string }>("POST", "/crm/lists/2026-03", {
      name: "Chosen",
      objectTypeId: "0-1",
      processingType: "MANUAL",
    });
    const listId = String((lists.body as unknown as { list: { listId: string } }).list.listId);
    const scope = { kind: "lists" as const, ids: [listId] };
    await world.db
      .update(integrations)
      .set({ incomingScope: scope })
      .where(eq(integrations.id, world.integrationId));
    const contact = await world.addContact({ email: "later@example.com", firstname: "Leo" });
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    expect(await world.prospectByEmail("later@example.com")).toBeUndefined();
    expect(await world.statusOf(contact.id)).toMatchObject({ status: "excluded", reason: "out_of_scope" });

    await world.sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/add`, [contact.id]);
    expect(await pollContacts(world.ctx, world.integrationId)).toEqual({ noticed: 1, more: false });
    await world.reconcile();
    expect(await world.prospectByEmail("later@example.com")).toMatchObject({ firstName: "Leo" });
    expect(await pollContacts(world.ctx, world.integrationId)).toEqual({ noticed: 0, more: false });
  });
});
