// Whoever is the same person as one that was erased is forgotten too, and nobody of them is sent again.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { erasedContacts } from "@/db/schema/safety";
import { activities, pendingRecords, recordLinks } from "@/db/schema/sync";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { restoreProspects } from "@/services/prospects/restore-prospects";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { rowsTelling } from "../../support/rows-telling";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() => world.configure({ syncType: "both" }));

const trash = (id: string) => trashProspects({ ctx: world.ctx, input: { ids: [id] } });
const restore = (id: string) => restoreProspects({ ctx: world.ctx, input: { ids: [id] } });
const liveContacts = async (email: string) =>
  (await world.contacts()).filter(({ properties }) => properties.email === email);
const rowOf = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0] ?? null;

async function linked(name: string, ...more: string[]) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await world.addProspect({ emails: [email, ...more], first_name: name, job_title: "CEO" });
  await world.reconcile();
  return { id, email, contactId: await world.contactOf(id) };
}

const changesOf = async (id: string) =>
  (await world.db.select().from(activities).where(eq(activities.prospectId, id))).flatMap(
    ({ changes }) => changes,
  );

/** A contact was merged with another one's; the prospect that went on with it was trashed, and its own took it over. */
async function mergedAndTrashed(takes: string, leaves: string) {
  const left = await linked(leaves);
  const email = `${takes.toLowerCase()}@example.com`;
  const taken = await world.addProspect({ emails: [email], first_name: leaves });
  await world.db.delete(pendingRecords);
  const { id: unseen } = await world.addContact({ email, firstname: leaves });
  const survivor = await world.mergeContacts(unseen, left.contactId);
  await world.editContact(survivor, { jobtitle: "CFO" });
  await world.notice("hubspot", left.contactId);
  await world.reconcile();
  await trash(left.id);
  await world.reconcile();
  expect(await world.contactOf(taken)).toBe(survivor);
  return { taken, left: left.id, survivor };
}

async function erase(contactId: string): Promise<void> {
  await world.eraseContact(contactId);
  await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
  await world.notice("hubspot", contactId);
  await world.reconcile();
}

describe("a privacy deletion (Verifies: R-70)", () => {
  it("of the contact that another one was merged into erases the prospects of both", async () => {
    const kept = await linked("Alba");
    const merged = await linked("Breno");
    await world.mergeContacts(kept.contactId, merged.contactId);
    for (const { contactId } of [kept, merged]) await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(merged.id)).toMatchObject({ status: "in_conflict", reason: "merged" });

    await erase(await world.contactOf(kept.id));
    expect(await rowOf(kept.id)).toBeNull();
    expect(await rowOf(merged.id)).toBeNull();
    expect(await rowsTelling(world.db, "breno")).toEqual([]);
  });

  it.each(["in one page", "before it is told of"])(
    "erases the prospect of a contact that was merged away also where its absence is seen %s",
    async (when) => {
      const one = when === "in one page";
      const kept = await linked(one ? "Aldo" : "Aline");
      const merged = await linked(one ? "Bela" : "Bento");
      await world.mergeContacts(kept.contactId, merged.contactId);
      for (const { contactId } of [kept, merged]) await world.notice("hubspot", contactId);
      await world.reconcile();
      await world.editProspect(merged.id, "job_title", "CEO", "CTO");
      const survivor = await world.contactOf(kept.id);
      await world.eraseContact(survivor);
      if (!one) {
        await world.reconcile();
        expect(await world.statusOf(merged.id)).toMatchObject({ reason: "merged" });
      }
      await world.db
        .insert(erasedContacts)
        .values({ integrationId: world.integrationId, contactId: survivor });
      for (const contactId of [survivor, merged.contactId]) await world.notice("hubspot", contactId);
      await world.reconcile();
      expect(await rowOf(kept.id)).toBeNull();
      expect(await rowOf(merged.id)).toBeNull();
      expect(await rowsTelling(world.db, one ? "bela" : "bento")).toEqual([]);
    },
  );

  it("reaches an earlier prospect of the same primary address in the trash, and none that shares another one", async () => {
    const first = await linked("Clara", "team@clara.example");
    await trash(first.id);
    const colleague = await linked("Diego", "team@clara.example");
    await trash(colleague.id);
    await world.reconcile();
    const again = await world.addProspect({
      emails: [first.email, "team@clara.example"],
      first_name: "Clara",
    });
    await world.reconcile();

    await erase(await world.contactOf(again));
    expect(await rowOf(again)).toBeNull();
    expect(await rowOf(first.id)).toBeNull();
    expect(await rowOf(colleague.id)).toMatchObject({ firstName: "Diego" });
    expect(await rowsTelling(world.db, "clara@")).toEqual([]);
  });

  it("leaves a prospect in the trash that had the contact until another one took it over, with its history", async () => {
    const { taken, left, survivor } = await mergedAndTrashed("Yara", "Zeca");
    await erase(survivor);
    expect(await rowOf(taken)).toBeNull();
    expect(await rowOf(left)).toMatchObject({ jobTitle: "CFO" });
    expect(await changesOf(left)).toContainEqual(expect.objectContaining({ before: "CEO", after: "CFO" }));
  });

  it("leaves the history of a prospect that had the contact once, and is somebody of its own now", async () => {
    const { taken, left, survivor } = await mergedAndTrashed("Ulla", "Vito");
    await restore(left);
    await world.editProspect(left, "emails", ["vito@example.com"], ["vito@elsewhere.example"]);
    await world.reconcile();
    await erase(survivor);
    expect(await rowOf(taken)).toBeNull();
    expect(await rowOf(left)).toMatchObject({ jobTitle: "CFO" });
    expect(await changesOf(left)).toContainEqual(expect.objectContaining({ before: "CEO", after: "CFO" }));
  });

  it("reaches it also where the same page has just left it out of the sync", async () => {
    await world.configure({ removals: "keep" });
    const first = await linked("Clelia");
    await trash(first.id);
    await world.reconcile();
    expect(await world.statusOf(first.id)).toMatchObject({ reason: "removed_in_snov" });
    const second = await linked("Cora");
    await world.editProspect(second.id, "emails", [second.email], [first.email]);
    await world.reconcile();

    await world.notice("snov", first.id);
    await erase(second.contactId);
    await world.configure({ removals: "propagate" });
    expect(await rowOf(first.id)).toBeNull();
    expect(await world.statusOf(first.id)).toBeUndefined();
  });

  it.each(["live", "in the trash"])(
    "against the sync type leaves the prospect (%s), and its address is never sent again",
    async (where) => {
      await world.configure({ syncType: "to_hubspot" });
      const { id, email, contactId } = await linked(where === "live" ? "Elisa" : "Elena");
      if (where !== "live") await trash(id);
      await erase(contactId);
      if (where === "live") {
        expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "erased" });
        await trash(id);
      }
      const anew = await world.addProspect({ emails: [email], first_name: "Again" });
      await world.reconcile();
      expect(await world.statusOf(anew)).toMatchObject({ status: "excluded", reason: "erased" });
      await trash(anew);
      await restore(id);
      await world.reconcile();
      expect(await liveContacts(email)).toEqual([]);
    },
  );

  it("leaves nothing of a contact that was in dispute over its address", async () => {
    const { id, email, contactId } = await linked("Fausto");
    await world.editProspect(id, "emails", [email], [email, "second@fausto.example"]);
    await world.reconcile();
    const { id: other } = await world.addContact({ email: "second@fausto.example", firstname: "Gisela" });
    await world.notice("hubspot", other);
    await world.reconcile();
    expect(await world.statusOf(other)).toMatchObject({ status: "in_conflict", reason: "same_address" });

    await erase(contactId);
    expect(await world.statusOf(other)).toMatchObject({ status: "excluded", reason: "erased" });
    expect(await rowsTelling(world.db, "gisela")).toEqual([]);
  });

  it("excludes whoever comes with its address, also where another address would be in dispute", async () => {
    const { contactId: keeps } = await linked("Helio");
    const spare = await world.addContact({ email: "spare@helio.example" });
    await world.notice("hubspot", await world.mergeContacts(keeps, spare.id));
    const { email, contactId } = await linked("Iracema");
    await erase(contactId);
    const anew = await world.addProspect({ emails: [email, "spare@helio.example"] });
    await world.reconcile();
    expect(await world.statusOf(anew)).toMatchObject({ status: "excluded", reason: "erased" });
    expect(await world.openConflicts()).toEqual([]);
  });

  it("has whoever has its address by then looked at again, though both were planned in one page", async () => {
    const { email, contactId } = await linked("Xenia");
    await world.configure({ syncType: "to_snov" });
    await world.eraseContact(contactId);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    const anew = await world.addProspect({ emails: [email], first_name: "Anew" });
    await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(anew)).toMatchObject({ status: "excluded", reason: "erased" });
  });

  it("is stopped by the fuse for removals, and carried out also where the removals are discarded", async () => {
    const { id, contactId } = await linked("Lauro");
    await world.configure({ fuses: { removals: 0 } });
    await world.eraseContact(contactId);
    await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
    await world.notice("hubspot", contactId);
    await world.page();
    const { integrationId } = world;
    const [stopped] = await world.db.select().from(integrations).where(eq(integrations.id, integrationId));
    expect(stopped).toMatchObject({ state: "paused", fuseStop: { kind: "removals", planned: 1 } });
    expect(await rowOf(id)).not.toBeNull();

    await answerFuse({ ctx: world.ctx, input: { integrationId, answer: "discard" } });
    await world.reconcile();
    expect(await rowOf(id)).toBeNull();
    expect(await rowsTelling(world.db, "lauro")).toEqual([]);
    await world.configure({ fuses: {} });
  });

  it("is not undone by another integration's page that was planned before it: the next look forgets again", async () => {
    const { id, contactId } = await linked("Jurema");
    const { id: rival } = await linked("Kleber");
    const other = await world.addIntegration(24_000_003);
    await world.db.update(integrations).set({ state: "active" }).where(eq(integrations.id, other));
    await world.db.insert(recordLinks).values({ integrationId: other, prospectId: rival, contactId });
    await world.editProspect(id, "city", null, "Natal");
    const slow = await slowPage(world, other);
    expect(slow.works).toMatchObject([{ plan: { kind: "disputed" }, prospect: { id } }]);

    await erase(contactId);
    await slow.commit();
    await (await slowPage(world, other)).commit();
    expect(await rowsTelling(world.db, "jurema")).toEqual([]);
  });
});
