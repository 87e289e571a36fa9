// What pages note of their writes before they send them, where two pages are at work on one pair.
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { activities, pendingRecords, unconfirmedWrites } from "@/db/schema/sync";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { carryOutPage, type PageRequest } from "@/services/sync/carry-out-page";
import { renewClaim } from "@/services/sync/claim-pending";
import { LostRace } from "@/services/sync/lost-race";
import { decideConflict } from "../../support/decide-conflict";
import { claimPage, slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { policy: "ask" } });
});
afterAll(() => world.close());
afterEach(async () => void (await world.db.delete(pendingRecords)));

const freeAll = () => world.db.update(pendingRecords).set({ lease: null, leasedUntil: null });
const titleIn = async (contactId: string) => (await world.contact(contactId)).properties.jobtitle;
const notedFor = async (prospectId: string) => {
  const [row] = await world.db
    .select()
    .from(unconfirmedWrites)
    .where(eq(unconfirmedWrites.prospectId, prospectId));
  return Object.values(row?.sent ?? {}).flatMap((writes) => writes.map(({ sent }) => sent));
};

const archivingsOf = (prospectId: string) =>
  world.db
    .select()
    .from(activities)
    .where(and(eq(activities.prospectId, prospectId), eq(activities.kind, "contact/archived")));

/** A page of whatever is due, which goes as far as it is let. */
async function begunPage(steps: Pick<PageRequest, "check"> & Partial<PageRequest>) {
  const { page, claim } = await claimPage(world, world.integrationId);
  const hold = () => renewClaim(world.db, claim);
  return carryOutPage(world.ctx, page, { claim, records: claim.records, lane: "live", hold, ...steps });
}
const die = (): Promise<void> => Promise.reject(new Error("died"));
const dyingPage = () =>
  expect(begunPage({ check: async (works) => works, conclude: die })).rejects.toThrow("died");

async function pairOf(name: string) {
  const id = await world.addProspect({ emails: [`${name}@notes.example`], job_title: "Zero" });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

describe("what a page notes before it sends it (Verifies: R-73)", () => {
  it("is added to what another page has noted since both read, and replaces none of it", async () => {
    const { id, contactId } = await pairOf("added");
    await world.editProspect(id, "job_title", "Zero", "One");
    await begunPage({
      check: async (works) => {
        // Its notice is the contact's: nothing has been taken from this page.
        await world.editProspect(id, "job_title", "One", "Two");
        await world.notice("hubspot", contactId);
        await dyingPage();
        return works;
      },
      conclude: die,
    }).catch(() => {});
    expect(await notedFor(id)).toEqual(["Two", "One"]);
    await freeAll();
    await world.reconcile();
    expect(await notedFor(id)).toEqual([]);
  });

  it("is not noted by a page that has lost its records by then", async () => {
    const { id } = await pairOf("lost");
    await world.editProspect(id, "job_title", "Zero", "One");
    const stale = begunPage({
      check: async (works) => {
        await world.db.update(pendingRecords).set({ leasedUntil: new Date(0) });
        await claimPage(world, world.integrationId);
        return works;
      },
    });
    await expect(stale).rejects.toBeInstanceOf(LostRace);
    expect(await notedFor(id)).toEqual([]);
    await freeAll();
    await world.reconcile();
  });

  it("outlives the commit of another page that did not know of it, and is known for our own after a crash", async () => {
    const { id, contactId } = await pairOf("outlives");
    await world.notice("snov", id);
    const slow = await slowPage(world);
    await world.editProspect(id, "job_title", "Zero", "One");
    await world.notice("hubspot", contactId);
    await dyingPage();
    expect(await titleIn(contactId)).toBe("One");
    await slow.commit();
    expect(await notedFor(id)).toEqual(["One"]);

    await world.editProspect(id, "job_title", "One", "Two");
    await freeAll();
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    expect(await titleIn(contactId)).toBe("Two");
    expect(await notedFor(id)).toEqual([]);
  });

  it("is told as done once, and under whose name, where the page that archived a contact died", async () => {
    const { id, contactId } = await pairOf("archived");
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await dyingPage();
    expect(await world.contact(contactId)).toMatchObject({ archived: true });
    for (let looks = 0; looks < 2; looks += 1) {
      await freeAll();
      await world.notice("hubspot", contactId);
      await world.reconcile();
    }
    expect(await archivingsOf(id)).toMatchObject([{ contactId, cause: { kind: "sync", from: "snov" } }]);
  });

  it("is not told as done where somebody merged the contact into another one, and archived that", async () => {
    const { id, contactId } = await pairOf("merged");
    const other = await world.addContact({ email: "other@notes.example" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    // Asked before it is noted, and once more before it is sent.
    const hold = vi.fn(die).mockResolvedValueOnce(undefined);
    await expect(begunPage({ check: async (works) => works, hold })).rejects.toThrow("died");
    expect(await world.contact(contactId)).toMatchObject({ archived: false });
    await world.archiveContact(await world.mergeContacts(other.id, contactId));
    await freeAll();
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await archivingsOf(id)).toEqual([]);
  });

  it("is told under the name of the person who chose it", async () => {
    const { id, contactId } = await pairOf("chosen");
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.editContact(contactId, { jobtitle: "One" });
    await world.reconcile();
    const [asked] = await world.openConflicts();
    await decideConflict(world, asked, { kind: "remove" });
    await dyingPage();
    await freeAll();
    await world.reconcile();
    expect(await archivingsOf(id)).toMatchObject([
      { contactId, cause: { kind: "member", conflictId: asked?.id } },
    ]);
    expect(await world.openConflicts()).toEqual([]);
  });
});
