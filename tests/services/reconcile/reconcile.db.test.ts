// A full comparison finds whatever every notice failed to tell, writes nothing itself, and the second finds nothing.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll, forgetAll, itemsOf, linkedPair, readAllPages, readRun, startRun } from "./compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
beforeEach(() => forgetAll(world));
afterAll(() => world.close());

const linked = (name: string, more: Record<string, string> = {}) => linkedPair(world, name, more);
const prospect = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0];

describe("a full comparison (Verifies: R-72)", () => {
  it("finds and repairs every change whose notice was lost, once: the second finds nothing", async () => {
    const [edited, archived, kept, still] = [
      await linked("Ana"),
      await linked("Bia"),
      await linked("Caio"),
      await linked("Davi"),
    ];
    const double = await world.addContact({ email: "caio.old@example.com", firstname: "Caio" });
    await world.notice("hubspot", double.id);
    await world.reconcile();

    await world.editContact(edited.contactId, { jobtitle: "CTO" });
    await world.archiveContact(archived.contactId);
    await world.addContact({ email: "eva@example.com", firstname: "Eva" });
    const survivor = await world.mergeContacts(kept.contactId, double.id);
    expect(await world.pending()).toEqual([]);

    const run = await compareAll(world);
    expect(await prospect(edited.id)).toMatchObject({ jobTitle: "CTO" });
    expect((await prospect(archived.id))?.deletedAt).not.toBeNull();
    expect(await world.prospectByEmail("eva@example.com")).toMatchObject({ firstName: "Eva" });
    expect(await world.contactOf(kept.id)).toBe(survivor);
    expect(await prospect(still.id)).toMatchObject({ jobTitle: "CEO", version: 1 });
    expect(run).toMatchObject({
      state: "finished",
      counts: { equal: 1, failing: 0, excluded: 0, waiting: 0 },
    });
    expect(run.counts.repaired).toBeGreaterThanOrEqual(4);

    const quiet = await compareAll(world);
    expect(quiet.counts).toMatchObject({ repaired: 0, waiting: 0 });
  });

  it("marks and never writes: nothing changes until the ordinary line looks", async () => {
    const { id, contactId } = await linked("Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await readAllPages(world, await startRun(world));
    expect(await prospect(id)).toMatchObject({ jobTitle: "CEO" });
    expect(await world.pending()).toMatchObject([{ side: "snov", recordId: id }]);
  });

  it("finds a prospect that nobody ever looked at, and leaves those from before launch alone", async () => {
    const lost = await world.addProspect({ emails: ["lost@example.com"], first_name: "Lost" });
    const old = await world.addProspect({ emails: ["old@example.com"], first_name: "Old" });
    await world.db.delete(pendingRecords);
    await world.db
      .update(prospects)
      .set({ updatedAt: new Date(0) })
      .where(eq(prospects.id, old));
    await compareAll(world);
    expect(await world.contactOf(lost)).not.toBe("");
    expect(await world.contactOf(old)).toBe("");
  });

  it("finds that a contact which is left out has gone, and says nothing of it any more", async () => {
    await world.configure({ syncType: "to_hubspot" });
    const [gone, still] = [
      await world.addContact({ email: "gone@left.example" }),
      await world.addContact({ email: "still@left.example" }),
    ];
    for (const { id } of [gone, still]) await world.notice("hubspot", id);
    await world.reconcile();
    const leftOut = { status: "excluded", reason: "direction" };
    expect(await world.statusOf(gone.id)).toMatchObject(leftOut);
    await world.archiveContact(gone.id);
    await compareAll(world);
    expect(await world.statusOf(gone.id)).toBeUndefined();
    expect(await world.statusOf(still.id)).toMatchObject(leftOut);
    expect((await compareAll(world)).counts).toMatchObject({ repaired: 0, waiting: 0 });
    await world.configure({ syncType: "both" });
  });

  it("leaves alone what only differs since before launch, on either side", async () => {
    const { id, contactId } = await linked("Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.addContact({ email: "stranger@example.com" });
    await world.db
      .update(recordStatuses)
      .set({ status: "excluded", reason: "not_transferred" })
      .where(eq(recordStatuses.recordId, id));
    await world.configure({ launchedAt: new Date() });
    const run = await compareAll(world);
    expect(run.counts).toMatchObject({ compared: 1, excluded: 1, repaired: 0 });
    expect(await prospect(id)).toMatchObject({ jobTitle: "CEO" });
    expect(await world.prospectByEmail("stranger@example.com")).toBeUndefined();
  });

  it("gives a pair that was changed alike on both sides the base that its next edit needs", async () => {
    const { id, contactId } = await linked("Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.db.update(prospects).set({ jobTitle: "CTO" }).where(eq(prospects.id, id));
    expect((await compareAll(world)).counts).toMatchObject({ repaired: 1 });
    expect((await compareAll(world)).counts).toMatchObject({ equal: 1, repaired: 0 });
    await world.editContact(contactId, { jobtitle: "CFO" });
    await compareAll(world);
    expect(await prospect(id)).toMatchObject({ jobTitle: "CFO" });
    expect(await world.openConflicts()).toEqual([]);
  });

  it("calls repaired only what nothing else would have looked at, not what was in the queue of either side", async () => {
    const [ofOurs, ofTheirs, unnoticed] = [await linked("Ana"), await linked("Bia"), await linked("Caio")];
    await world.editProspect(ofOurs.id, "job_title", "CEO", "CTO");
    await world.editContact(ofTheirs.contactId, { jobtitle: "CTO" });
    await world.notice("hubspot", ofTheirs.contactId);
    await world.editContact(unnoticed.contactId, { jobtitle: "CTO" });
    await world.addProspect({ emails: ["imported@example.com"], first_name: "Imported" });
    const lost = await world.addProspect({ emails: ["lost@example.com"], first_name: "Lost" });
    await world.db.delete(pendingRecords).where(eq(pendingRecords.recordId, lost));

    const { counts } = await compareAll(world);
    expect(counts).toMatchObject({ compared: 5, equal: 3, arrived: 3, repaired: 2, waiting: 0 });
    for (const { id, contactId } of [ofOurs, ofTheirs, unnoticed]) {
      expect(await prospect(id)).toMatchObject({ jobTitle: "CTO" });
      expect((await world.contact(contactId)).properties).toMatchObject({ jobtitle: "CTO" });
    }
    expect(await world.contactOf(lost)).not.toBe("");
  });

  it("calls nothing repaired that the next search would come to by itself, known or not", async () => {
    const { id, contactId } = await linked("Ana");
    await world.configure({ polledUntil: new Date() });
    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.addContact({ email: "eva@example.com", firstname: "Eva" });
    expect(await world.pending()).toEqual([]);
    const { counts } = await compareAll(world);
    expect(counts).toMatchObject({ compared: 2, equal: 2, arrived: 2, repaired: 0, waiting: 0 });
    expect(await prospect(id)).toMatchObject({ jobTitle: "CTO" });
    expect(await world.prospectByEmail("eva@example.com")).toMatchObject({ firstName: "Eva" });
  });

  it("goes by the place of a search that has not come to its end: what is behind it was missed", async () => {
    const [behind, ahead] = [await linked("Ana"), await linked("Bia")];
    expect(Number(ahead.contactId)).toBeGreaterThan(Number(behind.contactId));
    for (const { contactId } of [behind, ahead]) await world.editContact(contactId, { jobtitle: "CTO" });
    const [from, until] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    await world.configure({
      pollWindow: { from: from ?? "", until: until ?? "", afterId: behind.contactId },
    });
    const { counts } = await compareAll(world);
    expect(counts).toMatchObject({ compared: 2, equal: 1, arrived: 1, repaired: 1 });
  });

  it("calls nothing repaired that the line has looked at between its reading and its saving", async () => {
    const { id, contactId } = await linked("Ana");
    await world.editProspect(id, "job_title", "CEO", "CTO");
    const runId = await startRun(world);
    const send = globalThis.fetch;
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const answer = await send(url, init);
      if (!String(url).split("?")[0]?.endsWith("/contacts")) return answer;
      spy.mockRestore();
      await world.reconcile();
      return answer;
    });
    await readAllPages(world, runId);
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CTO");
    expect(await itemsOf(world, runId)).toMatchObject([{ recordId: id, outcome: "queued" }]);
    await world.reconcile();
    await finishReconcile(world.ctx, runId);
    expect((await readRun(world, runId)).counts).toMatchObject({ equal: 1, arrived: 1, repaired: 0 });
  });

  it("tells what stays different and why, and does not look at it again while nothing moves", async () => {
    const { id, contactId } = await linked("Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.editProspect(id, "job_title", "CEO", "CFO");
    await world.reconcile();
    expect(await world.openConflicts()).toHaveLength(1);
    const runId = await startRun(world);
    await readAllPages(world, runId);
    expect(await world.pending()).toEqual([]);
    await finishReconcile(world.ctx, runId);
    expect((await readRun(world, runId)).counts).toMatchObject({ compared: 1, equal: 0, inConflict: 1 });
    expect(await itemsOf(world, runId)).toMatchObject([{ recordId: id, outcome: "in_conflict" }]);
  });
});
