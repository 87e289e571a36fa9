// A conflict is found by a name whatever its accents, and by an address of the record on either side.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

async function found(search: string) {
  const input = { integrationId: world.integrationId, filter: { search } };
  return (await readConflictsPage({ ctx: world.ctx, input })).conflicts.map(({ recordId }) => recordId);
}

describe("the search for a conflict (Verifies: R-62)", () => {
  it("finds a name whatever its accents and case, and an address of either side", async () => {
    const id = await world.addProspect({
      emails: ["joao.conceicao@oficina.example", "jc@second.example"],
      first_name: "João",
      last_name: "Conceição",
      job_title: "CEO",
    });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "job_title", "CEO", "Snov");
    await world.editContact(contactId, { jobtitle: "Hub" });
    await world.reconcile();
    for (const search of ["joao", "CONCEICAO", "João Con", "Oficina.Example", "jc@second"])
      expect([search, await found(search)]).toEqual([search, [id]]);
    expect(await found("nobody@oficina")).toEqual([]);
    expect(await found("%")).toEqual([]);
  });

  it("finds records in the trash, and contacts without a prospect by the addresses that they share", async () => {
    const values = { emails: ["trashed@example.com"], first_name: "Trashed", job_title: "CEO" };
    const id = await world.addProspect(values);
    await world.reconcile();
    await world.editContact(await world.contactOf(id), { jobtitle: "Edited" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    expect(await found("trashed@example")).toEqual([id]);

    const zoe = await world.addProspect({ emails: ["zoe@example.com"], first_name: "Zoe" });
    await world.reconcile();
    const own = "zoe@example.com";
    await world.editProspect(zoe, "emails", [own], [own, "nia@shared.example"]);
    const nia = await world.addContact({ email: "nia@shared.example", firstname: "Nia" });
    await world.notice("hubspot", nia.id);
    await world.reconcile();
    expect(await found("@SHARED.example")).toContain(nia.id);
  });
});
