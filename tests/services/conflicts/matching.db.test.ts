// One choice for all that match: those that somebody has decided already keep their own.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import { trashProspects } from "@/services/prospects/trash-prospects";
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

async function shownAt() {
  return (await readConflictsPage({ ctx: world.ctx, input: { integrationId: world.integrationId } })).readAt;
}

async function matching(input: Pick<Matching, "filter" | "choice"> & { seenAt?: string }) {
  const seenAt = input.seenAt ?? (await shownAt());
  return resolveMatching({ ctx: world.ctx, input: { integrationId: world.integrationId, ...input, seenAt } });
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
    const seenAt = await shownAt();
    await world.editContact(moved.contactId, { jobtitle: "Newer" });
    await world.notice("hubspot", moved.contactId);
    await world.reconcile();
    const late = await at.conflicted("SeenLate");
    const all = { filter: { search: "seen" }, choice: takeHubspot };
    expect(await matching({ ...all, seenAt })).toMatchObject({ resolved: 1, left: 2 });
    await world.reconcile();
    expect(await at.titles(stays)).toEqual(["Hub", "Hub"]);
    expect(await at.titles(moved)).toEqual(["Snov", "Newer"]);
    expect(await at.titles(late)).toEqual(["Snov", "Hub"]);
    expect(await matching(all)).toMatchObject({ resolved: 2, left: 0 });
    await world.reconcile();
    expect(await at.titles(moved)).toEqual(["Newer", "Newer"]);
  });

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
    expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 1 });
    expect(await matching({ filter: { search: "putback" }, choice: takeHubspot })).toMatchObject({
      resolved: 0,
    });
    const again = await at.resolve(await at.openOf(pair.id), takeHubspot);
    expect(again.answers).toMatchObject([{ answer: "taken" }]);
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(pair.id)).toMatchObject({ outcome: "undone" });
  });
});
