// What people wrote after what is undone stays, also where it holds by now what it held then.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

const kept = [["Ada", "excluded", "changed_since"]];
const type = async (id: string, ...titles: string[]) => {
  for (const [place, title] of titles.slice(1).entries()) {
    await world.editProspect(id, "job_title", titles[place] ?? null, title);
    await world.reconcile();
  }
};

describe("undoing one change leaves its field (Verifies: R-78)", () => {
  it("where somebody has typed something else here and the same again", async () => {
    const { id } = await story.edited();
    const change = await story.lastOn("snov", id);
    await type(id, "CTO", "CFO", "CTO");
    expect(await story.outcomes(await story.changePreviewed(change))).toEqual(kept);
    const last = await story.changePreviewed(await story.lastOn("snov", id));
    expect((await itemsOf(world, last)).map(({ planned }) => planned)).toEqual(["put_back"]);
  });

  it("in HubSpot, where that travelled there as well", async () => {
    const { id } = await story.edited();
    const change = await story.lastOn("hubspot", id);
    await type(id, "CTO", "CFO", "CTO");
    expect(await story.outcomes(await story.changePreviewed(change))).toEqual(kept);
  });

  it.each([
    ["before anybody looked", async () => {}],
    ["and both were brought here", (id: string, contactId: string) => story.look(id, contactId)],
  ])("in HubSpot, where somebody has typed something else there and the same again, %s", async (_, look) => {
    const { id, contactId } = await story.edited();
    const change = await story.lastOn("hubspot", id);
    await world.editContact(contactId, { jobtitle: "Typed" });
    await look(id, contactId);
    await world.editContact(contactId, { jobtitle: "CTO" });
    await look(id, contactId);
    expect(await story.contactTitle(contactId)).toBe("CTO");
    expect(await story.outcomes(await story.changePreviewed(change))).toEqual(kept);
  });
});

it("undoing a record's day leaves on both sides what was typed away and back in HubSpot since (Verifies: R-78)", async () => {
  const id = await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  await world.db.update(activities).set({ at: new Date(Date.now() - 48 * 3_600_000) });
  await type(id, "CEO", "CTO");
  await world.editProspect(id, "city", "Porto", "Lisboa");
  await world.reconcile();
  await world.editContact(contactId, { jobtitle: "Typed" });
  await world.editContact(contactId, { jobtitle: "CTO" });
  const day = {
    from: new Date(Date.now() - 12 * 3_600_000).toISOString(),
    to: new Date(Date.now() + 12 * 3_600_000).toISOString(),
  };
  const runId = await story.changePreviewed(await story.lastOn("hubspot", id), day);
  const [item] = await itemsOf(world, runId);
  expect(item?.changes?.map(({ side, field, kept: why }) => [side, field, why])).toEqual(
    expect.arrayContaining([
      ["snov", "job_title", "changed_since"],
      ["hubspot", "jobtitle", "changed_since"],
      ["snov", "city", undefined],
      ["hubspot", "city", undefined],
    ]),
  );
});

describe("undoing a transfer leaves (Verifies: R-78)", () => {
  it("a field that the sync has given something else and the same again since", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    await story.contact("Ada");
    const runOf = await story.transferred();
    await type(id, "CEO", "CFO", "CEO");
    expect(await story.outcomes(await story.undoPreviewed(runOf))).toEqual(kept);
  });

  it("a contact that it had created, of which that is so", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const runOf = await story.transferred();
    await type(id, "CEO", "CFO", "CEO");
    expect(await story.outcomes(await story.undoPreviewed(runOf))).toEqual(kept);
  });
});
