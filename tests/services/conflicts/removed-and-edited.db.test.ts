// Where one side removed a record that the other side edited, a person decides whether it goes or comes back.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());

describe("a record that was removed and edited (Verifies: R-64)", () => {
  async function removed(name: string, side: "snov" | "hubspot") {
    const id = await world.addProspect({
      emails: [`${name}@example.com`],
      first_name: name,
      job_title: "CEO",
    });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    if (side === "hubspot") {
      await world.editProspect(id, "job_title", "CEO", "Edited");
      await world.archiveContact(contactId);
      await world.notice("hubspot", contactId);
    } else {
      await world.editContact(contactId, { jobtitle: "Edited" });
      await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    }
    await world.reconcile();
    return { id, contactId, conflict: await at.openOf(id) };
  }

  it("is removed on the other side too, under the member's name", async () => {
    const pair = await removed("gone", "snov");
    await at.resolve(pair.conflict, { kind: "remove" });
    await world.reconcile();
    expect((await world.contact(pair.contactId)).archived).toBe(true);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, pair.id));
    expect(told.find(({ kind }) => kind === "contact/archived")?.cause).toMatchObject({ name: "Ana" });
  });

  it("comes back from our trash with what was edited", async () => {
    const pair = await removed("back", "snov");
    await at.resolve(pair.conflict, { kind: "bring_back" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Edited", "Edited"]);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
  });

  it("is not brought back where its partner is in no chosen list any more, and that is the reason told", async () => {
    const pair = await removed("outside", "hubspot");
    await world.configure({ outgoingScope: { kind: "lists", ids: [world.listId] } });
    await at.resolve(pair.conflict, { kind: "bring_back" });
    await world.reconcile();
    await world.configure({ outgoingScope: { kind: "all" } });
    const told = { outcome: "stopped", stopReason: "out_of_scope" };
    expect(await at.conflictById(pair.conflict.id)).toMatchObject(told);
  });

  it("is created anew in HubSpot, whose recycle bin only its users reach", async () => {
    const pair = await removed("anew", "hubspot");
    await at.resolve(pair.conflict, { kind: "bring_back" });
    await world.reconcile();
    const contactId = await world.contactOf(pair.id);
    expect(contactId).not.toBe(pair.contactId);
    expect(await at.titles({ id: pair.id, contactId })).toEqual(["Edited", "Edited"]);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
  });

  it("is asked about again where it was edited once more since", async () => {
    const pair = await removed("more", "hubspot");
    await at.resolve(pair.conflict, { kind: "remove" });
    await world.editProspect(pair.id, "job_title", "Edited", "More");
    await world.reconcile();
    expect(await at.openOf(pair.id)).toMatchObject({
      outcome: "moved",
      detail: { edited: expect.anything() },
    });
    await trashProspects({ ctx: world.ctx, input: { ids: [pair.id] } });
    await world.reconcile();
  });
});
