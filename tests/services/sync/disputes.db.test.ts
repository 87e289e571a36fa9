// Where the addresses do not say whose a record is, nothing of it travels until a person has decided.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pendingRecords, recordLinks } from "@/db/schema/sync";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

async function linked(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO" });
  await world.reconcile();
  return { id, email, contactId: await world.contactOf(id) };
}

/** Nothing is asked about the two any more. */
async function clear(prospectId: string, contactId: string) {
  await trashProspects({ ctx: world.ctx, input: { ids: [prospectId] } });
  await world.archiveContact(contactId);
  await world.notice("hubspot", contactId);
  await world.reconcile();
}

describe("two prospects of one contact (Verifies: R-64, R-75)", () => {
  it.each([["the survivor first"], ["the merged ones first"]])(
    "after a merge the owner of its address goes on and the other one waits, told %s; deleting the other ends it",
    async (order) => {
      const tag = order === "the survivor first" ? "a" : "b";
      const one = await linked(`Ana${tag}`);
      const two = await linked(`Bia${tag}`);
      const survivor = await world.mergeContacts(one.contactId, two.contactId);
      const told = [survivor, two.contactId, one.contactId];
      for (const id of order === "the survivor first" ? told : [...told].reverse())
        await world.notice("hubspot", id);
      await world.reconcile();
      expect(await world.contactOf(one.id)).toBe(survivor);
      expect(await world.openConflicts()).toMatchObject([
        { kind: "merged", side: "snov", recordId: two.id, otherSide: "snov", otherId: one.id },
      ]);
      await world.editProspect(two.id, "job_title", "CEO", "Overwriter");
      await world.reconcile();
      expect((await world.contact(survivor)).properties.jobtitle).toBe("CEO");

      await trashProspects({ ctx: world.ctx, input: { ids: [two.id] } });
      await world.reconcile();
      expect(await world.openConflicts()).toEqual([]);
      expect((await world.contact(survivor)).archived).toBeFalsy();
      expect(await world.statusOf(one.id)).toMatchObject({ status: "in_sync" });
    },
  );

  it("hands the contact to the one that is left when its owner is deleted", async () => {
    const one = await linked("Carla");
    const two = await linked("Davi");
    const survivor = await world.mergeContacts(one.contactId, two.contactId);
    await world.notice("hubspot", survivor);
    await world.reconcile();
    await trashProspects({ ctx: world.ctx, input: { ids: [one.id] } });
    await world.reconcile();
    await world.notice("snov", two.id);
    await world.reconcile();
    expect((await world.contact(survivor)).archived).toBeFalsy();
    expect(await world.contactOf(two.id)).toBe(survivor);
    // The two now differ by the address that the survivor carries and the one its new owner has.
    expect((await world.openConflicts()).map(({ kind }) => kind)).not.toContain("merged");
    await clear(two.id, survivor);
  });

  it("leaves out a prospect that was trashed before, whose contact was kept", async () => {
    await world.configure({ removals: "keep" });
    const gone = await linked("Edna");
    const left = await linked("Fabi");
    await trashProspects({ ctx: world.ctx, input: { ids: [gone.id] } });
    await world.reconcile();
    const survivor = await world.mergeContacts(gone.contactId, left.contactId);
    await world.notice("hubspot", survivor);
    await world.reconcile();
    await world.configure({ removals: "propagate" });
    expect(await world.contactOf(left.id)).toBe(survivor);
    expect((await world.openConflicts()).filter(({ kind }) => kind === "merged")).toEqual([]);
    // The contact has the values of the other one, which are no edits of this one's.
    expect(await world.prospectByEmail(left.email)).toMatchObject({ id: left.id, firstName: "Fabi" });
    await clear(left.id, survivor);
  });
});

describe("an address that belongs to another record (Verifies: R-64)", () => {
  it("is not given to a second contact; the other fields travel, and the conflict ends when the owner lets go", async () => {
    const elsa = await linked("Elsa");
    const owner = await world.addContact({ email: "taken@example.com", firstname: "Owner" });
    await world.editProspect(elsa.id, "emails", [elsa.email], ["taken@example.com"]);
    await world.editProspect(elsa.id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([
      {
        kind: "same_address",
        recordId: elsa.id,
        otherSide: "hubspot",
        otherId: owner.id,
        baseValue: elsa.email,
      },
    ]);
    expect((await world.contact(elsa.contactId)).properties).toMatchObject({
      email: elsa.email,
      jobtitle: "CTO",
    });
    await world.editContact(owner.id, { email: "moved@example.com" });
    await world.notice("hubspot", owner.id);
    await world.reconcile();
    expect((await world.contact(elsa.contactId)).properties.email).toBe("taken@example.com");
    expect(await world.openConflicts()).toEqual([]);
  });

  it("is free where its owner, whom nobody here is linked to, is archived, also after a merge", async () => {
    const wants = async (name: string) => {
      const record = await linked(name);
      const owner = await world.addContact({ email: `wanted-${record.email}` });
      await world.editProspect(record.id, "emails", [record.email], [`wanted-${record.email}`]);
      await world.reconcile();
      expect(await world.statusOf(record.id)).toMatchObject({ reason: "same_address" });
      return { ...record, ownerId: owner.id };
    };
    const has = async ({ contactId, email }: { contactId: string; email: string }) =>
      expect((await world.contact(contactId)).properties.email).toBe(`wanted-${email}`);

    const iris = await wants("Iris");
    await world.archiveContact(iris.ownerId);
    await world.notice("hubspot", iris.ownerId);
    await world.reconcile();
    await has(iris);

    const jane = await wants("Jane");
    const other = await world.addContact({ email: "survives@example.com" });
    await world.notice("hubspot", jane.ownerId);
    await world.reconcile();
    const survivor = await world.mergeContacts(other.id, jane.ownerId);
    await world.notice("hubspot", survivor);
    await world.reconcile();
    expect(await world.statusOf(survivor)).toMatchObject({ reason: "same_address" });
    expect(await world.statusOf(jane.ownerId)).toBeUndefined();
    await world.archiveContact(survivor);
    await world.notice("hubspot", survivor);
    await world.reconcile();
    await has(jane);
    expect(await world.statusOf(survivor)).toBeUndefined();
    expect(await world.openConflicts()).toEqual([]);
  });

  it.each(["snov", "hubspot"] as const)(
    "is free in the same page in which its owner gives it away on the %s side",
    async (side) => {
      const owner = await linked(`Kim${side}`);
      const taker = await linked(`Lia${side}`);
      const another = `another-${owner.email}`;
      const change = async ({ id, email, contactId }: typeof owner, next: string) => {
        if (side === "snov") await world.editProspect(id, "emails", [email], [next]);
        else await world.editContact(contactId, { email: next });
        await world.notice(side, side === "snov" ? id : contactId);
      };
      await change(owner, another);
      await change(taker, owner.email);
      await world.reconcile();
      expect(await world.openConflicts()).toEqual([]);
      expect((await world.contact(owner.contactId)).properties.email).toBe(another);
      expect((await world.contact(taker.contactId)).properties.email).toBe(owner.email);
      expect(await world.prospectByEmail(another)).toMatchObject({ id: owner.id });
      expect(await world.prospectByEmail(owner.email)).toMatchObject({ id: taker.id });
    },
  );

  it("does not pair a prospect with a contact that is linked to another one", async () => {
    const fred = await linked("Fred");
    const spare = await world.addContact({ email: "second@example.com" });
    const contactId = await world.mergeContacts(fred.contactId, spare.id);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    const other = await world.addProspect({ emails: ["second@example.com"], first_name: "Other" });
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([
      { kind: "same_address", side: "snov", recordId: other, otherId: contactId },
    ]);
    expect(await world.statusOf(other)).toMatchObject({ status: "in_conflict", reason: "same_address" });
  });

  it("is handed over with the contact to the prospect that has it, where the contact's own one is deleted", async () => {
    const hugo = await linked("Hugo");
    const spare = await world.addContact({ email: "handed@example.com" });
    const contactId = await world.mergeContacts(hugo.contactId, spare.id);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    const id = await world.addProspect({ emails: ["handed@example.com"], first_name: "Other" });
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "same_address" });
    await trashProspects({ ctx: world.ctx, input: { ids: [hugo.id] } });
    await world.reconcile();
    expect(await world.contact(contactId)).toMatchObject({ archived: false });
    expect(await world.contactOf(id)).toBe(contactId);
    expect(await world.prospectByEmail("handed@example.com")).toMatchObject({ id, firstName: "Other" });
  });

  it.each([
    ["trashed, told by its contact alone", "trash", false],
    ["archived with its contact", "archive", false],
    ["archived with its contact, in the page in which the other one is looked at", "archive", true],
  ] as const)("is free once its owner is %s", async (what, how, together) => {
    const owner = await linked(what.replaceAll(/\W/g, ""));
    const shared = `shared-${owner.email}`;
    await world.editProspect(owner.id, "emails", [owner.email], [owner.email, shared]);
    const { id: contactId } = await world.addContact({ email: shared, firstname: "Other" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(contactId)).toMatchObject({ reason: "same_address" });

    if (how === "trash") await trashProspects({ ctx: world.ctx, input: { ids: [owner.id] } });
    else await world.archiveContact(owner.contactId);
    await world.db.delete(pendingRecords);
    if (together) await world.notice("hubspot", contactId);
    await world.notice("hubspot", owner.contactId);
    await world.reconcile();
    const links = await world.db.select().from(recordLinks).where(eq(recordLinks.contactId, contactId));
    expect(links).toHaveLength(1);
    expect((await world.openConflicts()).filter(({ recordId }) => recordId === contactId)).toEqual([]);
  });

  it("does not have two that dispute with each other looked at for ever", async () => {
    const gil = await linked("Gil");
    const hana = await linked("Hana");
    const survivor = await world.mergeContacts(gil.contactId, hana.contactId);
    await world.editProspect(gil.id, "emails", [gil.email], ["gil@elsewhere.example"]);
    await world.editProspect(hana.id, "emails", [hana.email], ["hana@elsewhere.example"]);
    await world.notice("hubspot", survivor);
    await world.reconcile();
    expect(await world.pending()).toEqual([]);
    expect((await world.openConflicts()).length).toBeGreaterThan(0);
    await world.notice("snov", gil.id);
    await world.reconcile();
    expect(await world.pending()).toEqual([]);
  });
});

describe("a contact with several further addresses (Verifies: R-75)", () => {
  /** Three contacts become one, which has the addresses of all of them. */
  async function contactWith(primary: string, ...more: string[]): Promise<string> {
    let { id } = await world.addContact({ email: primary });
    for (const email of more) id = await world.mergeContacts(id, (await world.addContact({ email })).id);
    return id;
  }

  it("is met by each of them", async () => {
    const contactId = await contactWith("c@several.example", "s@several.example", "t@several.example");
    const id = await world.addProspect({ emails: ["t@several.example"], first_name: "Tina" });
    await world.db.delete(pendingRecords);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(contactId);
  });

  it("is in dispute where they lead to two prospects, and nobody is looked at for ever", async () => {
    const ids = [];
    for (const email of ["u@several.example", "v@several.example"])
      ids.push(await world.addProspect({ emails: [email] }));
    await world.db.delete(pendingRecords);
    const contactId = await contactWith("d@several.example", "u@several.example", "v@several.example");
    await world.notice("hubspot", contactId);
    for (const id of ids) await world.notice("snov", id);
    await world.reconcile();
    expect(await world.statusOf(contactId)).toMatchObject({ status: "in_conflict", reason: "same_address" });
    for (const id of ids)
      expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "same_address" });
  });
});
