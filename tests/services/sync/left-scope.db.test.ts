// What is not in the chosen lists takes nothing with it, however it came to be linked.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { recordStatuses } from "@/db/schema/sync";
import { saveDataSettings } from "@/services/integrations/save-data-settings";
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
const scope = (scopes: Omit<Parameters<typeof saveDataSettings>[0]["input"], "integrationId">) =>
  saveDataSettings({ ctx: world.ctx, input: { integrationId: world.integrationId, ...scopes } });
const prospectOf = async (email: string) => (await world.prospectByEmail(email))?.id ?? "";

async function linked(name: string) {
  const emails = [`${name.toLowerCase()}@example.com`];
  const id = await world.addProspect({ emails, first_name: name });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

async function look(contactId: string) {
  await world.notice("hubspot", contactId);
  await world.reconcile();
}

async function hubspotList(name: string) {
  const list = { name, objectTypeId: "0-1", processingType: "MANUAL" };
  const made = await world.sandbox.call<{ list: { listId: string } }>("POST", "/crm/lists/2026-03", list);
  return made.body.list.listId;
}

const membership = (verb: "add" | "remove", listId: string, contactId: string) =>
  world.sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/${verb}`, [contactId]);

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

describe("a question about a field of a pair that has left the chosen lists (Verifies: R-32, R-74)", () => {
  it("stays open, for nobody looks at its fields, and heals once they are looked at again", async () => {
    const emails = ["uli@example.com"];
    const id = await world.addProspect({ emails, job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "job_title", "CEO", "Ours");
    await world.editContact(contactId, { jobtitle: "Theirs" });
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([{ recordId: id, snovValue: "Ours" }]);
    const ids = [await chosenList("Elsewhere")];
    await world.configure({ syncType: "to_hubspot", outgoingScope: { kind: "lists", ids } });
    await world.editContact(contactId, { jobtitle: "Ours" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "out_of_scope" });
    expect(await world.openConflicts()).toHaveLength(1);

    await world.configure({ syncType: "both", outgoingScope: { kind: "all" } });
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
  });
});

describe("a prospect that came in outside the chosen lists, and is deleted (Verifies: R-32, R-70)", () => {
  it("leaves the contact from which it came, though nobody has looked at the two since", async () => {
    await world.configure({ outgoingScope: { kind: "lists", ids: [await chosenList("Not received into")] } });
    const { id } = await world.addContact({ email: "rita@example.com", firstname: "Rita" });
    await look(id);
    const prospectId = await prospectOf("rita@example.com");
    await trash(prospectId);
    await world.reconcile();
    expect(await world.contact(id)).toMatchObject({ archived: false });
    expect(await world.statusOf(prospectId)).toMatchObject({ status: "excluded", reason: "out_of_scope" });
  });

  it("takes the contact along where it came into a chosen list", async () => {
    await world.configure({ outgoingScope: { kind: "lists", ids: [world.listId] } });
    const { id } = await world.addContact({ email: "rosa@example.com", firstname: "Rosa" });
    await look(id);
    await trash(await prospectOf("rosa@example.com"));
    await world.reconcile();
    expect(await world.contact(id)).toMatchObject({ archived: true });
  });
});

describe("a prospect in the trash (Verifies: R-32, R-70)", () => {
  it("left its contact, where it had left the chosen lists while the integration was paused", async () => {
    const list = await chosenList("Left in a pause");
    await world.configure({ outgoingScope: { kind: "lists", ids: [list] } });
    const values = { emails: ["pia@example.com"], first_name: "Pia" };
    const { id } = await createProspect({ ctx: world.ctx, input: { values, listIds: [list] } });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.configure({ state: "paused" });
    await changeLists({ ctx: world.ctx, input: { ids: [id], add: [], remove: [list] } });
    await trash(id);
    await world.configure({ state: "active" });
    await world.reconcile();
    expect(await world.contact(contactId)).toMatchObject({ archived: false });
  });

  it("does not take its contact along once its list is chosen", async () => {
    const { id, contactId } = await linked("Olga");
    await scope({ outgoingScope: { kind: "lists", ids: [await chosenList("Narrow")] } });
    await trash(id);
    await world.reconcile();
    await scope({ outgoingScope: { kind: "all" } });
    await world.reconcile();
    expect(await world.contact(contactId)).toMatchObject({ archived: false });
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "removed_in_snov" });
  });
});

describe("a pair whose lists were chosen after it was made (Verifies: R-32, R-70)", () => {
  it("keeps its contact when the prospect, outside of them, is deleted", async () => {
    const { id, contactId } = await linked("Nina");
    await scope({ outgoingScope: { kind: "lists", ids: [await chosenList("Chosen later")] } });
    await world.reconcile();
    await trash(id);
    await world.reconcile();
    expect(await world.contact(contactId)).toMatchObject({ archived: false });
  });

  it("keeps its prospect when the contact, outside of them, is archived", async () => {
    const { id, contactId } = await linked("Nora");
    await scope({ incomingScope: { kind: "lists", ids: [await hubspotList("Chosen later")] } });
    await world.archiveContact(contactId);
    await look(contactId);
    expect(await world.prospectByEmail("nora@example.com")).toMatchObject({ id, deletedAt: null });
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "out_of_scope" });
  });

  it("is looked at again at once, and what lies in them travels", async () => {
    const { id, contactId } = await linked("Nadia");
    const listId = await hubspotList("Chosen, with her");
    await membership("add", listId, contactId);
    await scope({ incomingScope: { kind: "lists", ids: [listId] } });
    await world.reconcile();
    await world.archiveContact(contactId);
    await look(contactId);
    const rows = await world.db.select().from(prospects).where(eq(prospects.id, id));
    expect(rows[0]?.deletedAt).not.toBeNull();
  });

  it("is left as it is where it only differs since before launch", async () => {
    const { id, contactId } = await linked("Ella");
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    await world.db
      .update(recordStatuses)
      .set({ status: "excluded", reason: "not_transferred" })
      .where(eq(recordStatuses.recordId, id));
    const listId = await hubspotList("Joined after launch");
    await membership("add", listId, contactId);
    await scope({ incomingScope: { kind: "lists", ids: [listId] } });
    await pollContacts(world.ctx, world.integrationId);
    const waiting = (await world.pending()).map(({ recordId }) => recordId);
    expect([id, contactId].filter((one) => waiting.includes(one))).toEqual([]);
  });
});

describe("a contact that was made for a prospect, outside the chosen HubSpot lists (Verifies: R-32, R-70)", () => {
  it("leaves its prospect when it is archived at once", async () => {
    await world.configure({ incomingScope: { kind: "lists", ids: [await hubspotList("Not made into")] } });
    const { id, contactId } = await linked("Lola");
    await world.archiveContact(contactId);
    await look(contactId);
    expect(await world.prospectByEmail("lola@example.com")).toMatchObject({ id, deletedAt: null });
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "out_of_scope" });
  });
});

describe("a contact that left the chosen HubSpot lists and is archived (Verifies: R-32, R-70)", () => {
  it("leaves its prospect", async () => {
    const listId = await hubspotList("Chosen");
    await world.configure({ syncType: "to_snov", incomingScope: { kind: "lists", ids: [listId] } });
    const { id } = await world.addContact({ email: "lea@example.com", firstname: "Lea" });
    await membership("add", listId, id);
    await world.notice("hubspot", id);
    await world.reconcile();
    await membership("remove", listId, id);
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
    const listId = await hubspotList("Joined again");
    await world.configure({ syncType: "to_snov", incomingScope: { kind: "lists", ids: [listId] } });
    const { id } = await world.addContact({ email: "joiner@example.com", jobtitle: "A" });
    await membership("add", listId, id);
    await world.notice("hubspot", id);
    await world.reconcile();
    await membership("remove", listId, id);
    await world.editContact(id, { jobtitle: "B" });
    await world.notice("hubspot", id);
    await world.reconcile();
    expect(await world.prospectByEmail("joiner@example.com")).toMatchObject({ jobTitle: "A" });
    await membership("add", listId, id);
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    expect(await world.prospectByEmail("joiner@example.com")).toMatchObject({ jobTitle: "B" });
  });
});

describe("memberships that HubSpot tells in part (Verifies: R-32, R-77)", () => {
  it("are not taken for having left the chosen lists: the page is done again", async () => {
    const listId = await hubspotList("Told in part");
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
