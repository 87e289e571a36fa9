// A transfer in one direction writes to one side alone, and what it leaves on the other is neither agreed on nor lost.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { linkExistingPage } from "@/services/sync/link-existing";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("a transfer from Snov.io to HubSpot alone (Verifies: R-50)", () => {
  it("writes nothing to Snov.io, whatever the policy, and shows what it leaves", async () => {
    await world.configure({ policy: "hubspot_wins" });
    const id = await story.prospect("Ada", { job_title: "CEO", country: "Brazil" });
    const theirs = await story.contact("Ada", { jobtitle: "CTO", city: "Porto" });
    const runId = await previewAll(world, { fromHubspot: false });
    const shown = async () =>
      (await itemsOf(world, runId)).map(({ outcome, changes }) => [
        outcome,
        changes?.map(({ side, field, kept }) => [side, field, kept]),
      ]);
    const changes = [
      ["snov", "job_title", "other_way"],
      ["hubspot", "jobtitle", "other_way"],
      ["snov", "city", "other_way"],
      ["hubspot", "city", "other_way"],
      ["hubspot", "country", undefined],
    ];
    expect(await shown()).toEqual([["planned", expect.arrayContaining(changes)]]);
    expect(await transferOf(world, runId)).toMatchObject({
      preview: { update: 1, overwrites: 0 },
    });
    await transferAll(world, runId);
    expect(await shown()).toEqual([["updated", expect.arrayContaining(changes)]]);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", changed: 0, held: 1 });
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO", city: null });
    expect((await world.contact(theirs.id)).properties).toMatchObject({
      jobtitle: "CTO",
      city: "Porto",
      country: "Brazil",
    });

    expect(await story.look(id, theirs.id)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO", city: null });
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "other_way" });
    await transferAll(world, await previewAll(world, { fromSnov: false }));
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO", city: "Porto" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("leaves an edit that is on its way to the ordinary sync", async () => {
    const { id, contactId } = await story.edited();
    await world.editContact(contactId, { jobtitle: "CFO" });
    await world.editProspect(id, "city", null, "Porto");
    await world.db.execute(sql`delete from pending_records`);
    const runId = await previewAll(world, { fromHubspot: false });
    await transferAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([["Ada", "updated", undefined]]);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO" });
    expect((await world.contact(contactId)).properties).toMatchObject({ jobtitle: "CFO", city: "Porto" });
    await world.reconcile();
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CFO" });
    expect(await world.openConflicts()).toEqual([]);
  });
});

describe("a pair that launching linked, with nothing to write in the one direction (Verifies: R-50)", () => {
  it("remembers what the transfer leaves, so that no later edit of another field brings it", async () => {
    const id = await story.prospect("Ada", { country: "Brazil" });
    const theirs = await story.contact("Ada", { country: "Brazil", city: "Porto" });
    await world.configure({ existingLinkedAt: null, linkCursor: null });
    await linkExistingPage(world.ctx, world.integrationId);
    await world.db.execute(sql`delete from pending_records`);
    expect(await story.linkOf(id)).toMatchObject({ declined: { values: {} } });

    const runId = await previewAll(world, { fromHubspot: false });
    expect(await transferOf(world, runId)).toMatchObject({ preview: { equal: 1, toLink: 1 } });
    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({
      state: "finished",
      done: { unchanged: 1 },
      held: 1,
    });
    expect(Object.values((await story.linkOf(id))?.declined.values ?? {})).toEqual([
      { snov: null, hubspot: "Porto", otherWay: true },
    ]);

    await world.editContact(theirs.id, { jobtitle: "CEO" });
    await story.look(id, theirs.id);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO", city: null });
    const again = await previewAll(world, { fromHubspot: false });
    expect(await itemsOf(world, again)).toMatchObject([{ outcome: "unchanged", held: true }]);
  });
});

describe("an equal pair that is not linked yet, as one that came into the chosen lists after launch", () => {
  it("is linked by a transfer of everything, so that its first edit is no conflict", async () => {
    const id = await story.prospect("Eve", { job_title: "CEO" });
    const theirs = await story.contact("Eve", { jobtitle: "CEO" });
    await world.db.execute(sql`delete from pending_records`);
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({ preview: { equal: 1, toLink: 1 } });
    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ done: { unchanged: 1 }, changed: 0 });
    expect(await story.linkOf(id)).toMatchObject({ contactId: theirs.id });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    expect(await story.contactTitle(theirs.id)).toBe("CTO");
    const again = await previewAll(world);
    expect(await transferOf(world, again)).toMatchObject({ preview: { equal: 1 } });
    expect(await itemsOf(world, again)).toMatchObject([{ outcome: "unchanged" }]);
  });
});
