// What is not in the chosen lists takes nothing with it, however it came to be linked.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { changeLists } from "@/services/prospects/change-lists";
import { createList } from "@/services/prospects/create-list";
import { createProspect } from "@/services/prospects/create-prospect";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { linkExistingPage } from "@/services/sync/link-existing";
import { pollContacts } from "@/services/sync/poll-contacts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() =>
  world.configure({ syncType: "both", outgoingScope: { kind: "all" }, incomingScope: { kind: "all" } }),
);

const chosenList = async (name: string) => (await createList({ ctx: world.ctx, input: { name } })).id;
const trash = (id: string) => trashProspects({ ctx: world.ctx, input: { ids: [id] } });

describe("a prospect outside the chosen lists that is deleted (Verifies: R-32, R-70)", () => {
  it.each(["to_hubspot", "both"] as const)(
    "leaves its contact, once it has left them (%s)",
    async (syncType) => {
      const list = await chosenList(`Chosen ${syncType}`);
      await world.configure({ syncType, outgoingScope: { kind: "lists", ids: [list] } });
      const values = { emails: [`leo-${syncType}@example.com`], first_name: "Leo" };
      const { id } = await createProspect({ ctx: world.ctx, input: { values, listIds: [list] } });
      await world.reconcile();
      const contactId = await world.contactOf(id);
      await changeLists({ ctx: world.ctx, input: { ids: [id], add: [], remove: [list] } });
      await world.reconcile();
      await trash(id);
      await world.reconcile();
      expect(await world.contact(contactId)).toMatchObject({ id: contactId, archived: false });
    },
  );

  it("leaves a contact that it was only found to belong to at launch", async () => {
    const id = await world.addProspect({ emails: ["ida@example.com"], first_name: "Ida" });
    const contact = await world.addContact({ email: "ida@example.com", firstname: "Ida" });
    await world.configure({ outgoingScope: { kind: "lists", ids: [await chosenList("Another")] } });
    while ((await linkExistingPage(world.ctx, world.integrationId)).more);
    expect(await world.contactOf(id)).toBe(contact.id);
    await trash(id);
    await world.reconcile();
    expect(await world.contact(contact.id)).toMatchObject({ id: contact.id, archived: false });
  });
});

describe("a contact that left the chosen HubSpot lists and is archived (Verifies: R-32, R-70)", () => {
  it("leaves its prospect", async () => {
    const made = await world.sandbox.call<{ list: { listId: string } }>("POST", "/crm/lists/2026-03", {
      name: "Chosen",
      objectTypeId: "0-1",
      processingType: "MANUAL",
    });
    const { listId } = made.body.list;
    const memberships = (verb: "add" | "remove", id: string) =>
      world.sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/${verb}`, [id]);
    await world.configure({ syncType: "to_snov", incomingScope: { kind: "lists", ids: [listId] } });
    const { id } = await world.addContact({ email: "lea@example.com", firstname: "Lea" });
    await memberships("add", id);
    await world.notice("hubspot", id);
    await world.reconcile();
    await memberships("remove", id);
    await world.notice("hubspot", id);
    await world.reconcile();
    await world.archiveContact(id);
    await world.notice("hubspot", id);
    await world.reconcile();
    expect(await world.prospectByEmail("lea@example.com")).toMatchObject({ deletedAt: null });
  });
});

describe("a contact that joins its chosen HubSpot list again (Verifies: R-32, R-73)", () => {
  it("brings the change that waited, without another one", async () => {
    const { body } = await world.sandbox.call<{ list: { listId: string } }>("POST", "/crm/lists/2026-03", {
      name: "Joined again",
      objectTypeId: "0-1",
      processingType: "MANUAL",
    });
    const { listId } = body.list;
    const membership = (verb: "add" | "remove", id: string) =>
      world.sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/${verb}`, [id]);
    await world.configure({ syncType: "to_snov", incomingScope: { kind: "lists", ids: [listId] } });
    const { id } = await world.addContact({ email: "joiner@example.com", jobtitle: "A" });
    await membership("add", id);
    await world.notice("hubspot", id);
    await world.reconcile();
    await membership("remove", id);
    await world.editContact(id, { jobtitle: "B" });
    await world.notice("hubspot", id);
    await world.reconcile();
    expect(await world.prospectByEmail("joiner@example.com")).toMatchObject({ jobTitle: "A" });
    await membership("add", id);
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    expect(await world.prospectByEmail("joiner@example.com")).toMatchObject({ jobTitle: "B" });
  });
});

describe("memberships that HubSpot tells in part (Verifies: R-32, R-77)", () => {
  it("are not taken for having left the chosen lists: the page is done again", async () => {
    const { body } = await world.sandbox.call<{ list: { listId: string } }>("POST", "/crm/lists/2026-03", {
      name: "Told in part",
      objectTypeId: "0-1",
      processingType: "MANUAL",
    });
    const { listId } = body.list;
    await world.configure({ incomingScope: { kind: "lists", ids: [listId] } });
    const { id } = await world.addContact({ email: "part@example.com", city: "Lima" });
    await world.sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/add`, [id]);
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 1, how: "in-part", match: "memberships/batch/read" },
    });
    await world.notice("hubspot", id);
    await expect(world.page()).rejects.toMatchObject({ kind: "transient" });
    expect(await world.pending()).toHaveLength(1);
    await world.reconcile();
    expect(await world.prospectByEmail("part@example.com")).toMatchObject({ city: "Lima" });
  });
});
