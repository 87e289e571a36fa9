// A conflict tells of both records: what each is called, what was edited of one and who deleted the other.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { readConflict } from "@/services/conflicts/read-conflict";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

async function shown(filter: NonNullable<Parameters<typeof readConflictsPage>[0]["input"]["filter"]>) {
  const input = { integrationId: world.integrationId, filter };
  return (await readConflictsPage({ ctx: world.ctx, input })).conflicts;
}

async function linked(first: string, more: Record<string, string> = {}) {
  const emails = [`${first.toLowerCase()}@example.com`];
  const id = await world.addProspect({ emails, first_name: first, job_title: "CEO", ...more });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

describe("a record that was removed on one side and edited on the other (Verifies: R-62, R-64)", () => {
  it("shows each edited field as both had it and as it is in HubSpot, by whom, and who deleted the prospect", async () => {
    const { id, contactId } = await linked("Hana", { city: "Natal" });
    await world.editContact(contactId, { jobtitle: "CTO", city: "Recife" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    const [row] = await shown({ record: { side: "snov", recordId: id } });
    expect(row).toMatchObject({
      kind: "removed_and_edited",
      recordName: "Hana",
      trashed: { at: expect.any(String), name: "Ana" },
      edits: expect.arrayContaining([
        expect.objectContaining({
          fields: { snov: "job_title", hubspot: "jobtitle" },
          base: "CEO",
          value: "CTO",
        }),
        expect.objectContaining({
          fields: { snov: "city", hubspot: "city" },
          base: "Natal",
          value: "Recife",
        }),
      ]),
    });
    const input = { integrationId: world.integrationId, conflictId: row?.id ?? "" };
    const { changedInHubspot, policies } = await readConflict({ ctx: world.ctx, input });
    expect(changedInHubspot).toMatchObject({
      jobtitle: { source: "CRM_UI", value: "CTO" },
      city: { source: "CRM_UI", value: "Recife" },
    });
    expect(policies).toBeNull();
  });

  it("shows what a member edited here of a contact that is gone", async () => {
    const { id, contactId } = await linked("Gil");
    await world.editProspect(id, "job_title", "CEO", "COO");
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await shown({ record: { side: "snov", recordId: id } })).toMatchObject([
      {
        trashed: null,
        detail: { removedOn: "hubspot" },
        edits: [{ base: "CEO", value: "COO", changedInSnov: { name: "Ana", by: { kind: "member" } } }],
      },
    ]);
  });
});

describe("both records of a conflict (Verifies: R-62)", () => {
  it("are named, where HubSpot calls the contact something else", async () => {
    await world.db.delete(fieldMappings).where(eq(fieldMappings.snovField, "last_name"));
    const { id, contactId } = await linked("Elsa");
    await world.editProspect(id, "job_title", "CEO", "Snov");
    await world.editContact(contactId, { jobtitle: "Hub", lastname: "Prado" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await shown({ record: { side: "snov", recordId: id } })).toMatchObject([
      { recordName: "Elsa", contactName: "Elsa Prado" },
    ]);
  });

  it("are named also where only HubSpot has the other one, which is asked where nobody has looked at it yet", async () => {
    const { id } = await linked("Flora");
    const email = "taken@example.com";
    const owner = await world.addContact({ email, firstname: "Owner", lastname: "Lima" });
    await world.editProspect(id, "emails", ["flora@example.com"], [email]);
    await world.reconcile();
    const [row] = await shown({ record: { side: "snov", recordId: id } });
    expect(row).toMatchObject({ kind: "same_address", other: { side: "hubspot", id: owner.id, name: null } });
    const input = { integrationId: world.integrationId, conflictId: row?.id ?? "" };
    const named = { other: { id: owner.id, name: "Owner Lima" } };
    expect(await readConflict({ ctx: world.ctx, input })).toMatchObject(named);
    await world.notice("hubspot", owner.id);
    await world.reconcile();
    expect(await shown({ record: { side: "snov", recordId: id } })).toMatchObject([named]);
  });

  it("can be made a pair where neither of them belongs to another one", async () => {
    const { id } = await linked("Zoe");
    await world.editProspect(id, "emails", ["zoe@example.com"], ["zoe@example.com", "nia@example.com"]);
    const nia = await world.addContact({ email: "nia@example.com" });
    await world.notice("hubspot", nia.id);
    const contacts = [];
    for (const name of ["rosa", "tina"])
      contacts.push(await world.addContact({ email: `${name}@example.com` }));
    const pia = await world.addProspect({
      emails: ["pia@example.com", "rosa@example.com", "tina@example.com"],
      first_name: "Pia",
    });
    await world.reconcile();
    expect(await shown({ record: { side: "hubspot", recordId: nia.id } })).toMatchObject([
      { kind: "same_address", other: { id }, linkable: false },
    ]);
    expect(await shown({ record: { side: "snov", recordId: pia } })).toMatchObject([
      { kind: "same_address", other: { id: contacts[0]?.id }, linkable: true },
    ]);
  });
});
