// A removal travels where it may, is undone where a person undoes it, and never takes an edit with it.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { erasedContacts } from "@/db/schema/safety";
import { activities, pendingRecords } from "@/db/schema/sync";
import { restoreProspects } from "@/services/prospects/restore-prospects";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() => world.configure({ removals: "propagate" }));

const trash = (id: string) => trashProspects({ ctx: world.ctx, input: { ids: [id] } });
const restore = (id: string) => restoreProspects({ ctx: world.ctx, input: { ids: [id] } });
const liveContacts = async (email: string) =>
  (await world.contacts()).filter(({ properties }) => properties.email === email);
const isTrashed = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0]?.deletedAt !== null;

async function linked(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO" });
  await world.reconcile();
  return { id, email, contactId: await world.contactOf(id) };
}

describe("a removal (Verifies: R-70)", () => {
  it("archives the contact of a prospect that goes to the trash", async () => {
    const { id, email } = await linked("Alda");
    await trash(id);
    await world.reconcile();
    expect(await liveContacts(email)).toEqual([]);
    const [activity] = await world.db
      .select()
      .from(activities)
      .where(eq(activities.kind, "contact/archived"));
    expect(activity).toMatchObject({ prospectId: id, side: "hubspot", recordName: "Alda" });
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
  });

  it("moves the prospect of an archived contact to the trash", async () => {
    const { id, contactId } = await linked("Beto");
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await isTrashed(id)).toBe(true);
    await world.notice("snov", id);
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
  });

  it("is kept to its own side by setting, and brings nothing back", async () => {
    await world.configure({ removals: "keep" });
    const { id, email, contactId } = await linked("Caio");
    await trash(id);
    await world.reconcile();
    expect(await liveContacts(email)).toHaveLength(1);
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "removed_in_snov" });
    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await isTrashed(id)).toBe(true);
  });

  it("is not carried out on a prospect that somebody edits meanwhile: a person is asked", async () => {
    const { id, contactId } = await linked("Dalva");
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    const slow = await slowPage(world);
    expect(slow.works).toMatchObject([{ plan: { kind: "remove", on: "snov" } }]);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await slow.commit();
    expect(await isTrashed(id)).toBe(false);
    await world.reconcile();
    expect(await isTrashed(id)).toBe(false);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "removed_and_edited" });
    await world.restoreContact(contactId);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
  });

  it("is told once, by whoever did it, where a person trashes the prospect meanwhile", async () => {
    const { id, contactId } = await linked("Dinis");
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    const slow = await slowPage(world);
    await trash(id);
    await slow.commit();
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    const trashed = told.filter(({ kind }) => kind === "prospect/trashed");
    expect(trashed.map(({ cause }) => cause.kind)).toEqual(["member"]);
  });

  it("that was kept stays kept when the setting changes", async () => {
    await world.configure({ removals: "keep" });
    const { id, email, contactId } = await linked("Davi");
    await trash(id);
    await world.reconcile();
    await world.configure({ removals: "propagate" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await liveContacts(email)).toHaveLength(1);
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "removed_in_snov" });
  });

  it("that may not travel against the sync type is not made up for when that is widened", async () => {
    await world.configure({ syncType: "to_hubspot" });
    const { id, contactId } = await linked("Dirce");
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    await world.configure({ syncType: "both" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await isTrashed(id)).toBe(false);
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "removed_in_hubspot" });
  });

  it("asks where the other record was edited meanwhile, and the conflict closes when the edit is undone by a restore", async () => {
    const { id, contactId, email } = await linked("Dora");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await trash(id);
    await world.reconcile();
    expect(await liveContacts(email)).toHaveLength(1);
    expect(await world.openConflicts()).toMatchObject([
      { kind: "removed_and_edited", recordId: id, detail: { removedOn: "snov", absence: "archived" } },
    ]);
    await restore(id);
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect(await world.db.select().from(prospects).where(eq(prospects.id, id))).toMatchObject([
      { jobTitle: "CTO" },
    ]);
  });

  it("is no question any more once the contact has gone to another prospect", async () => {
    const { id, contactId, email } = await linked("Dulce");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await trash(id);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ reason: "removed_and_edited" });
    const heir = await world.addProspect({ emails: [email] });
    await world.reconcile();
    expect(await world.contactOf(heir)).toBe(contactId);
    expect(await world.openConflicts()).toEqual([]);
    expect(await world.statusOf(id)).toBeUndefined();
  });

  it("is undone with its partner: a restored prospect has a contact again, a restored contact its prospect", async () => {
    const ester = await linked("Ester");
    await trash(ester.id);
    await world.reconcile();
    await restore(ester.id);
    await world.reconcile();
    const [again] = await liveContacts(ester.email);
    expect(again?.properties.jobtitle).toBe("CEO");
    expect(await world.contactOf(ester.id)).toBe(again?.id);

    const fabio = await linked("Fabio");
    await world.archiveContact(fabio.contactId);
    await world.notice("hubspot", fabio.contactId);
    await world.reconcile();
    await world.restoreContact(fabio.contactId);
    await world.editContact(fabio.contactId, { jobtitle: "CFO" });
    await world.notice("hubspot", fabio.contactId);
    await world.reconcile();
    expect(await isTrashed(fabio.id)).toBe(false);
    expect(await world.contactOf(fabio.id)).toBe(fabio.contactId);
    expect(await world.db.select().from(prospects).where(eq(prospects.id, fabio.id))).toMatchObject([
      { jobTitle: "CFO" },
    ]);
  });

  it("travels once more where the record that came back is removed at once", async () => {
    const { id, contactId } = await linked("Filo");
    const archive = async () => {
      await world.archiveContact(contactId);
      await world.notice("hubspot", contactId);
      await world.page();
    };
    await archive();
    await world.restoreContact(contactId);
    await world.notice("hubspot", contactId);
    await world.page();
    expect(await isTrashed(id)).toBe(false);
    await archive();
    expect(await isTrashed(id)).toBe(true);
    expect((await world.contact(contactId)).archived).toBe(true);
  });

  it("gives a prospect whose contact was archived to the contact that takes its address", async () => {
    await world.configure({ removals: "keep" });
    const { id, email, contactId } = await linked("Gina");
    await world.archiveContact(contactId);
    const anew = await world.addContact({ email, firstname: "Gina", jobtitle: "CEO", city: "Natal" });
    await world.notice("hubspot", anew.id);
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(anew.id);
    expect(await world.db.select().from(prospects).where(eq(prospects.id, id))).toMatchObject([
      { city: "Natal", jobTitle: "CEO" },
    ]);
  });
});

describe("a contact with the address of a removed one (Verifies: R-75)", () => {
  it("takes its place, though the prospect is looked at in the same page", async () => {
    const { id, email, contactId } = await linked("Jane");
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.archiveContact(contactId);
    const anew = await world.addContact({ email, firstname: "Jane" });
    for (const noticed of [contactId, anew.id]) await world.notice("hubspot", noticed);
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(anew.id);
    expect(await world.openConflicts()).toEqual([]);
  });

  it.each(["snov", "hubspot"] as const)(
    "takes its place also where nobody has told of it yet, and only the %s side is looked at",
    async (side) => {
      const { id, email, contactId } = await linked(side === "snov" ? "Milo" : "Nina");
      await world.archiveContact(contactId);
      const anew = await world.addContact({ email, jobtitle: "CEO" });
      await world.notice(side, side === "snov" ? id : contactId);
      await world.reconcile();
      expect(await world.contactOf(id)).toBe(anew.id);
      expect(await isTrashed(id)).toBe(false);
    },
  );

  it("does not keep a prospect whose own contact was deleted for privacy", async () => {
    const { id, email, contactId } = await linked("Otto");
    await world.editProspect(id, "emails", [email], [email, "otto@second.example"]);
    await world.reconcile();
    const other = await world.addContact({ email: "otto@second.example" });
    await world.eraseContact(contactId);
    await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
    await world.notice("hubspot", other.id);
    await world.reconcile();
    expect(await world.contactOf(id)).not.toBe(other.id);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.db.select().from(prospects).where(eq(prospects.id, id))).toEqual([]);
  });
});

describe("a prospect with the address of a trashed one (Verifies: R-75)", () => {
  it.each([{ edited: false }, { edited: true }])(
    "takes over its contact, though both are looked at in the same page (contact edited: $edited)",
    async ({ edited }) => {
      const { id, email, contactId } = await linked(edited ? "Karin" : "Lena");
      await trash(id);
      const anew = await world.addProspect({ emails: [email], first_name: "Anew" });
      if (edited) await world.editContact(contactId, { jobtitle: "CTO" });
      await world.notice("hubspot", contactId);
      await world.reconcile();
      expect(await world.contactOf(anew)).toBe(contactId);
      expect(await liveContacts(email)).toMatchObject([{ id: contactId }]);
    },
  );

  it("takes over its contact also where it is looked at alone", async () => {
    await world.configure({ removals: "keep" });
    const { id, email, contactId } = await linked("Olga");
    await trash(id);
    await world.reconcile();
    const anew = await world.addProspect({ emails: [email], first_name: "Anew" });
    await world.reconcile();
    expect(await world.contactOf(anew)).toBe(contactId);
  });

  it.each(["snov", "hubspot"] as const)(
    "takes over its contact also where only what was removed is looked at, from the %s side",
    async (side) => {
      const { id, email, contactId } = await linked(side === "snov" ? "Paula" : "Quim");
      await trash(id);
      const anew = await world.addProspect({ emails: [email], first_name: "Anew" });
      await world.db.delete(pendingRecords);
      await world.notice(side, side === "snov" ? id : contactId);
      await world.reconcile();
      expect(await world.contactOf(anew)).toBe(contactId);
      expect(await liveContacts(email)).toMatchObject([{ id: contactId }]);
    },
  );
});
