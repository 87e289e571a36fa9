// One choice for all that match: those that somebody has decided already keep their own.
import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ZodError } from "zod";
import { migrateDatabase } from "@/db/migrate";
import { conflicts } from "@/db/schema/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import type { Ctx } from "@/services/context";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

type Matching = Parameters<typeof resolveMatching>[0]["input"];

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());

async function matching(
  input: Pick<Matching, "filter" | "choice"> & { snapshot?: string },
  ctx: Ctx = world.ctx,
) {
  const snapshot = input.snapshot ?? (await at.snapshot());
  return resolveMatching({
    ctx,
    input: { integrationId: world.integrationId, ...input, snapshot },
  });
}

const takeHubspot = { kind: "take", side: "hubspot" } as const;

describe("a choice for all that match (Verifies: R-62, R-63)", () => {
  it("leaves what the same person has decided one by one", async () => {
    const pair = await at.conflicted("Typed");
    const own = await at.resolve(pair.conflict, { kind: "value", value: "My own words" });
    expect(await matching({ filter: { search: "typed" }, choice: takeHubspot })).toMatchObject({
      resolved: 0,
    });
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ resolutionId: own.resolutionId });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["My own words", "My own words"]);
  });

  it("leaves what came or moved after the person had read, and counts it", async () => {
    const moved = await at.conflicted("SeenMoved");
    const stays = await at.conflicted("SeenStays");
    const snapshot = await at.snapshot();
    await world.editContact(moved.contactId, { jobtitle: "Newer" });
    await world.notice("hubspot", moved.contactId);
    await world.reconcile();
    const late = await at.conflicted("SeenLate");
    const all = { filter: { search: "seen" }, choice: takeHubspot };
    expect(await matching({ ...all, snapshot })).toMatchObject({ resolved: 1, left: 2 });
    await world.reconcile();
    expect(await at.titles(stays)).toEqual(["Hub", "Hub"]);
    expect(await at.titles(moved)).toEqual(["Snov", "Newer"]);
    expect(await at.titles(late)).toEqual(["Snov", "Hub"]);
    expect(await matching(all)).toMatchObject({ resolved: 2, left: 0 });
    await world.reconcile();
    expect(await at.titles(moved)).toEqual(["Newer", "Newer"]);
  });

  it("tells what somebody else decided after the person had read, also where that is carried out by then", async () => {
    const pairs = [await at.conflicted("MeanA"), await at.conflicted("MeanB"), await at.conflicted("MeanC")];
    const bea = await at.colleague("Bea", "member");
    const [early, ...others] = pairs.map(({ conflict }) => conflict);
    if (!early) throw new Error("expected a conflict");
    await at.resolve(early, takeHubspot, bea);
    const snapshot = await at.snapshot();
    for (const conflict of others) {
      await at.resolve(conflict, { kind: "take", side: "snov" }, bea);
      if (conflict === others[0]) await world.reconcile();
    }
    const all = { filter: { search: "mean" }, choice: takeHubspot };
    const none = { resolved: 0, left: 0 };
    expect(await matching({ ...all, snapshot })).toMatchObject({ ...none, taken: [{ by: "Bea", count: 2 }] });
    expect(await matching({ ...all, snapshot }, bea)).toMatchObject({ ...none, taken: [] });
    expect(await matching(all)).toMatchObject({ ...none, taken: [] });
    await world.reconcile();
  });

  it("deletes records for owners and admins alone", async () => {
    const id = await world.addProspect({
      emails: ["wipe@example.com"],
      first_name: "Wipe",
      job_title: "CEO",
    });
    await world.reconcile();
    await world.editContact(await world.contactOf(id), { jobtitle: "Edited" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    const remove = { filter: { search: "wipe" }, choice: { kind: "remove" } } as const;
    await expect(matching(remove, { ...world.ctx, role: "member" })).rejects.toMatchObject({
      code: "forbidden",
      details: { reason: "removing_all" },
    });
    expect(await at.openOf(id)).toMatchObject({ resolution: null });
    expect(await matching(remove, { ...world.ctx, role: "admin" })).toMatchObject({ resolved: 1, left: 0 });
    await world.reconcile();
  });

  it("leaves what a page wrote that had begun before the person read, and ended after", async () => {
    const moved = await at.conflicted("SlowMoved");
    const id = await world.addProspect({
      emails: ["slow@example.com"],
      first_name: "Slow",
      job_title: "CEO",
    });
    await world.reconcile();
    const late = { id, contactId: await world.contactOf(id) };
    await world.editContact(moved.contactId, { jobtitle: "Newer" });
    await world.notice("hubspot", moved.contactId);
    await world.editProspect(id, "job_title", "CEO", "Snov");
    await world.editContact(late.contactId, { jobtitle: "Hub" });
    const { commit } = await slowPage(world);
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let committing: Promise<unknown> = Promise.resolve();
    await new Promise<void>((written, failed) => {
      committing = commit(new Map(), async () => {
        written();
        await ended;
      });
      committing.catch(failed);
    });
    const snapshot = await at.snapshot();
    end();
    await committing;
    const all = { filter: { search: "slow" }, choice: takeHubspot };
    expect(await matching({ ...all, snapshot })).toMatchObject({ resolved: 0, left: 2 });
    expect(await matching(all)).toMatchObject({ resolved: 2, left: 0 });
    await world.reconcile();
    expect(await at.titles(moved)).toEqual(["Newer", "Newer"]);
    expect(await at.titles(late)).toEqual(["Hub", "Hub"]);
  });

  it("takes what was last written in the database that this one was restored from", async () => {
    const { conflict } = await at.conflicted("Restored");
    await world.db.update(conflicts).set({ revisedIn: "9000000000000000000" });
    const all = { filter: { search: "restored" }, choice: takeHubspot };
    expect(await matching(all)).toMatchObject({ resolved: 0, left: 1 });
    await world.db.update(conflicts).set({ decidedIn: "9000000000000000000" });
    await migrateDatabase(world.databaseUrl);
    const stillAhead = await world.db.select().from(conflicts).where(isNotNull(conflicts.decidedIn));
    expect(stillAhead).toEqual([]);
    expect(await matching(all)).toMatchObject({ resolved: 1, left: 0 });
    expect(await at.conflictById(conflict.id)).toMatchObject({ resolution: { choice: takeHubspot } });
    await world.reconcile();
  });

  it.each(["", "10:20:15,14", "2026-01-01T00:00:00Z"])(
    "is refused with what no read of the queue has given: %j",
    async (snapshot) => {
      await expect(matching({ filter: {}, choice: takeHubspot, snapshot })).rejects.toThrow(ZodError);
    },
  );

  it("is made about records of one kind as well, and is counted apart from fields", async () => {
    const field = await at.conflicted("Bulk");
    const ids = [];
    for (const name of ["bulk1", "bulk2"]) {
      const id = await world.addProspect({
        emails: [`${name}@example.com`],
        first_name: name,
        job_title: "CEO",
      });
      await world.reconcile();
      await world.editContact(await world.contactOf(id), { jobtitle: "Edited" });
      await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
      ids.push(id);
    }
    await world.reconcile();
    const filter = { search: "bulk" };
    const input = { integrationId: world.integrationId, filter };
    const { counted } = await readConflictsPage({ ctx: world.ctx, input });
    expect(counted?.counts).toMatchObject({ total: 3, records: { removed_and_edited: 2 } });
    const choice = { kind: "bring_back" } as const;
    expect(await matching({ filter: { ...filter, kind: "removed_and_edited" }, choice })).toMatchObject({
      resolved: 2,
      left: 0,
    });
    await world.reconcile();
    for (const id of ids) expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect(await at.openOf(field.id)).toMatchObject({ resolution: null });
  });

  it("can be about those like one: the same field with the same two values, as it was at the revision that was seen", async () => {
    const one = await at.conflicted("LikeOne");
    const same = await at.conflicted("LikeSame");
    const another = await at.conflicted("LikeAnother");
    await world.editContact(another.contactId, { jobtitle: "Hub too" });
    await world.notice("hubspot", another.contactId);
    await world.reconcile();
    const like = { conflictId: one.conflict.id, revision: one.conflict.revision };
    const filter = { search: "like", like };
    const input = { integrationId: world.integrationId, filter };
    const { counted, conflicts } = await readConflictsPage({ ctx: world.ctx, input });
    expect(counted?.counts.total).toBe(2);
    expect(conflicts.map(({ id }) => id).sort()).toEqual([one.conflict.id, same.conflict.id].sort());

    const later = { ...like, revision: like.revision + 1 };
    expect(await matching({ filter: { like: later }, choice: takeHubspot })).toMatchObject({ resolved: 0 });
    expect(await matching({ filter, choice: takeHubspot })).toMatchObject({ resolved: 2, left: 0 });
    await world.reconcile();
    expect(await at.titles(one)).toEqual(["Hub", "Hub"]);
    expect(await at.titles(same)).toEqual(["Hub", "Hub"]);
    expect(await at.titles(another)).toEqual(["Snov", "Hub too"]);
  });

  it("is not counted for a field that is synced no more, which no choice can be carried out for", async () => {
    const pair = await at.conflicted("Stopped");
    const input = { integrationId: world.integrationId, filter: { search: "stopped" } };
    const counted = async () => (await readConflictsPage({ ctx: world.ctx, input })).counted?.counts.total;
    expect(await counted()).toBe(1);
    const ofTitle = eq(fieldMappings.id, pair.conflict.mappingId ?? "");
    await world.db.update(fieldMappings).set({ stoppedReason: "hubspot_property_gone" }).where(ofTitle);
    expect(await counted()).toBe(0);
    expect(await matching({ filter: input.filter, choice: takeHubspot })).toMatchObject({
      resolved: 0,
      left: 0,
    });
    await world.db.update(fieldMappings).set({ stoppedReason: null }).where(ofTitle);
    expect(await matching({ filter: input.filter, choice: takeHubspot })).toMatchObject({ resolved: 1 });
    await world.reconcile();
  });

  it("leaves what is being put back after its choice was taken back, as a choice about it alone does", async () => {
    const pair = await at.conflicted("PutBack");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "hubspot" });
    await world.reconcile();
    const snapshot = await at.snapshot();
    expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 1 });
    expect(await matching({ filter: { search: "putback" }, choice: takeHubspot })).toMatchObject({
      resolved: 0,
    });
    const again = await at.resolve(await at.openOf(pair.id), takeHubspot);
    expect(again.answers).toMatchObject([{ answer: "taken" }]);
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(pair.id)).toMatchObject({ outcome: "undone" });
    const unseen = { filter: { search: "putback" }, choice: takeHubspot, snapshot };
    expect(await matching(unseen)).toMatchObject({ resolved: 0, left: 1 });
  });
});
