// What a person answered covers what had happened by then: whatever is told of it again, and nothing that came later.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { harmCounts } from "@/db/schema/safety";
import { pendingRecords } from "@/db/schema/sync";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { pollContacts } from "@/services/sync/poll-contacts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
let round = 0;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  round += 1;
  const fuses = { removals: 1, blankings: 1, overwrites: 1 };
  await world.configure({ state: "active", syncType: "both", fuses, fuseStop: null, fuseAnswers: [] });
  await world.db.delete(pendingRecords);
  await world.db.delete(harmCounts);
});

async function team(names: string[]) {
  const pairs = [];
  for (const name of names) {
    const emails = [`${name.toLowerCase()}${round}@example.com`];
    const id = await world.addProspect({ emails, first_name: name, job_title: "CEO" });
    await world.reconcile();
    pairs.push({ id, contactId: await world.contactOf(id) });
  }
  return pairs;
}
const answer = (given: "continue" | "discard") =>
  answerFuse({ ctx: world.ctx, input: { integrationId: world.integrationId, answer: given } });
const integration = async () =>
  (await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId)))[0];
const rowOf = async (id: string) => (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0];
const titles = (pairs: { id: string }[]) =>
  Promise.all(pairs.map(async ({ id }) => (await rowOf(id))?.jobTitle));
const isTrashed = async ({ id }: { id: string }) => Boolean((await rowOf(id))?.deletedAt);

/** In HubSpot each of these is changed, told of, and waits behind the blown fuse. */
async function stoppedBy(
  kind: string,
  pairs: { contactId: string }[],
  act: (contactId: string) => Promise<unknown>,
) {
  for (const { contactId } of pairs) {
    await act(contactId);
    await world.notice("hubspot", contactId);
  }
  await world.page();
  expect((await integration())?.fuseStop).toMatchObject({ kind, planned: pairs.length });
}

describe("discarded harm (Verifies: R-71, R-76)", () => {
  it("stays undone though a webhook tells of the same blanking once more", async () => {
    const pairs = await team(["Ana", "Bia", "Caio"]);
    await stoppedBy("blankings", pairs, (id) => world.editContact(id, { jobtitle: "" }));
    await answer("discard");
    await world.notice("hubspot", pairs[0]?.contactId ?? "");
    await world.reconcile();
    expect(await titles(pairs)).toEqual(["CEO", "CEO", "CEO"]);
    expect((await integration())?.state).toBe("active");
  });

  it("stays undone though the search finds the same contacts again while they wait", async () => {
    const pairs = await team(["Davi", "Ebba", "Fred"]);
    await stoppedBy("blankings", pairs, (id) => world.editContact(id, { jobtitle: "" }));
    await answer("discard");
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    expect(await titles(pairs)).toEqual(["CEO", "CEO", "CEO"]);
    expect((await integration())?.state).toBe("active");
  });

  it("leaves a prospect whose contact is told to be archived once more", async () => {
    const pairs = await team(["Gabi", "Hugo", "Iris"]);
    await stoppedBy("removals", pairs, world.archiveContact);
    await answer("discard");
    await world.notice("hubspot", pairs[0]?.contactId ?? "");
    await world.reconcile();
    expect(await Promise.all(pairs.map(isTrashed))).toEqual([false, false, false]);
  });

  it("never replaces what the other side types next, also where that side only receives", async () => {
    await world.configure({ syncType: "to_hubspot" });
    const pairs = await team(["Jana", "Kai"]);
    for (const { id } of pairs) await world.editProspect(id, "job_title", "CEO", null);
    await world.page();
    expect((await integration())?.fuseStop).toMatchObject({ kind: "blankings" });
    await answer("discard");
    await world.reconcile();
    const { contactId = "" } = pairs[0] ?? {};
    await world.editContact(contactId, { jobtitle: "CTO" });
    for (let look = 0; look < 2; look += 1) {
      await world.notice("hubspot", contactId);
      await world.reconcile();
      expect((await world.contact(contactId)).properties.jobtitle).toBe("CTO");
    }
  });
});

describe("harm that a person said to continue with (Verifies: R-76)", () => {
  it("is no leave for removals that come after the answer, of records that waited all the while", async () => {
    const pairs = await team(["Lara", "Malu", "Nico", "Otto"]);
    for (const { id } of pairs) await world.editProspect(id, "job_title", "CEO", "CTO");
    const trash = (some: { id: string }[]) =>
      trashProspects({ ctx: world.ctx, input: { ids: some.map(({ id }) => id) } });
    await world.configure({ fuses: { removals: 1 } });
    await trash(pairs.slice(0, 2));
    await world.page();
    expect((await integration())?.fuseStop).toMatchObject({ kind: "removals", planned: 2 });
    await answer("continue");
    await trash(pairs.slice(2));
    await world.page();
    const asked = (await integration())?.fuseStop;
    expect(asked).toMatchObject({ kind: "removals", planned: 2 });
    // The others are allowed, and no part of the question.
    expect(asked?.samples.map(({ prospectId }) => prospectId).sort()).toEqual(
      pairs
        .slice(2)
        .map(({ id }) => id)
        .sort(),
    );
    await answer("continue");
    await world.reconcile();
    for (const { contactId } of pairs) expect((await world.contact(contactId)).archived).toBe(true);
  });

  it("is not asked about again where HubSpot tells of one of a pair while the other waits for a page that died", async () => {
    const pairs = await team(["Tito", "Uma"]);
    await trashProspects({ ctx: world.ctx, input: { ids: pairs.map(({ id }) => id) } });
    await world.page();
    expect((await integration())?.fuseStop).toMatchObject({ kind: "removals", planned: 2 });
    await answer("continue");
    await world.db.update(pendingRecords).set({ leasedUntil: new Date(Date.now() + 30_000) });
    for (const { contactId } of pairs) await world.notice("hubspot", contactId);
    await world.page();
    expect(await integration()).toMatchObject({ state: "active", fuseStop: null });
    for (const { contactId } of pairs) expect((await world.contact(contactId)).archived).toBe(true);
  });

  it("is none for what is emptied in HubSpot after it either", async () => {
    const pairs = await team(["Pia", "Quim", "Rui", "Sara"]);
    for (const { contactId } of pairs) {
      await world.editContact(contactId, { city: "Recife" });
      await world.notice("hubspot", contactId);
    }
    for (const { contactId } of pairs.slice(0, 2)) await world.editContact(contactId, { jobtitle: "" });
    await world.page();
    expect((await integration())?.fuseStop).toMatchObject({ kind: "blankings", planned: 2 });
    await answer("continue");
    for (const { contactId } of pairs.slice(2)) await world.editContact(contactId, { jobtitle: "" });
    await world.page();
    expect((await integration())?.fuseStop).toMatchObject({ kind: "blankings", planned: 2 });
    expect(await titles(pairs)).toEqual(["CEO", "CEO", "CEO", "CEO"]);
  });
});
