// What somebody edits while a transfer goes on travels by the ordinary sync, and the transfer asks nothing about it.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
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

/** As if no notice of what was edited had come yet. */
const unnoticed = () => world.db.execute(sql`delete from pending_records`);

const fieldsOf = async (runId: string) =>
  (await itemsOf(world, runId)).map(({ outcome, detail, changes }) => ({
    outcome,
    reason: detail.reason,
    fields: changes?.map(({ side, field, kept }) => [side, field, kept]),
  }));

const stays = [
  ["snov", "city", "on_its_way"],
  ["hubspot", "city", "on_its_way"],
];

/** Which run brought this value over; null: the ordinary sync. */
async function runOf(prospectId: string, field: string) {
  const rows = await world.db
    .select()
    .from(activities)
    .where(eq(activities.prospectId, prospectId))
    .orderBy(activities.id);
  return rows.filter(({ changes }) => changes.some((change) => change.field === field)).at(-1)?.runId;
}

describe("an edit of what both sides had agreed on, made after the preview (Verifies: R-52)", () => {
  it("is left to the ordinary sync where its record came over before its turn", async () => {
    const id = await story.prospect("Ada", { city: "Lisboa" });
    await unnoticed();
    const runId = await previewAll(world);
    await world.notice("snov", id);
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { city: "Porto" });
    await unnoticed();

    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
    expect(await fieldsOf(runId)).toEqual([{ outcome: "excluded", reason: "on_its_way", fields: stays }]);
    expect(await story.rowOf(id)).toMatchObject({ city: "Lisboa" });

    await world.reconcile();
    expect(await story.rowOf(id)).toMatchObject({ city: "Porto" });
    expect(await runOf(id, "city")).toBeNull();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("stays while the rest of its record is done as was shown", async () => {
    const { id, contactId } = await story.edited({ city: "Lisboa" });
    await transferAll(world, await story.changePreviewed(await story.lastOn("hubspot", id)));
    expect(await story.contactTitle(contactId)).toBe("CEO");
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({ preview: { update: 1, overwrites: 1 } });
    await world.editContact(contactId, { city: "Porto" });
    await unnoticed();

    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", held: 1, changed: 1 });
    const fields = [...stays, ["hubspot", "jobtitle", undefined]];
    expect(await fieldsOf(runId)).toEqual([{ outcome: "updated", reason: undefined, fields }]);
    expect(await story.rowOf(id)).toMatchObject({ city: "Lisboa", jobTitle: "CTO" });
    expect((await world.contact(contactId)).properties).toMatchObject({ city: "Porto", jobtitle: "CTO" });

    await world.reconcile();
    expect(await story.rowOf(id)).toMatchObject({ city: "Porto" });
    expect(await runOf(id, "city")).toBeNull();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });
});
