// What a transfer has made goes again with its undo, unless anybody has used it, and the sync leaves it so.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll } from "../reconcile/compare";
import { previewAll, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("an undo takes created records back (Verifies: R-78)", () => {
  it("into the recycle bin and the trash, and nothing makes them again until their partner is edited", async () => {
    const ours = await story.prospect("Ours");
    const theirs = await story.contact("Theirs");
    const runOf = await story.transferred();
    const made = await world.contactOf(ours);
    const madeHere = (await world.prospectByEmail("theirs@example.com"))?.id ?? "";
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([
      ["Ours", "taken_back", undefined],
      ["Theirs", "taken_back", undefined],
    ]);
    expect((await world.contacts()).map(({ id }) => id)).toEqual([theirs.id]);
    expect((await story.rowOf(madeHere))?.deletedAt).not.toBeNull();
    expect(await story.look(ours, made)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.look(madeHere, theirs.id)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect((await story.rowOf(ours))?.deletedAt).toBeNull();
    expect(await world.statusOf(ours)).toMatchObject({ status: "excluded", reason: "undone" });

    await world.editProspect(ours, "job_title", null, "CEO");
    await world.editContact(theirs.id, { jobtitle: "CTO" });
    await world.notice("hubspot", theirs.id);
    await world.reconcile();
    expect(await story.contactTitle(await world.contactOf(ours))).toBe("CEO");
    expect(await story.rowOf(madeHere)).toMatchObject({ deletedAt: null, jobTitle: "CTO" });
  });

  it("and a new transfer makes the one and takes the other out of the trash, once each", async () => {
    const ours = await story.prospect("Ours");
    const theirs = await story.contact("Theirs");
    await story.undone(await story.transferred());
    const madeHere = (await story.trashed())[0];
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({
      preview: { seen: 2, create: { snov: 1, hubspot: 1 }, skip: {} },
    });
    await transferAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([
      ["Ours", "created", undefined],
      ["Theirs", "created", undefined],
    ]);
    expect((await story.rowOf(madeHere?.id ?? ""))?.deletedAt).toBeNull();
    expect(await world.contacts()).toHaveLength(2);
    const again = { toHubspot: 0, toSnov: 0 };
    expect(await story.look(ours, await world.contactOf(ours))).toMatchObject(again);
    expect(await story.look(madeHere?.id ?? "", theirs.id)).toMatchObject(again);
    expect(await world.statusOf(ours)).toMatchObject({ status: "in_sync" });
    expect(await world.statusOf(madeHere?.id ?? "")).toMatchObject({ status: "in_sync" });
  });

  it("and one that is restored by hand syncs again", async () => {
    const id = await story.prospect("Ours");
    const runOf = await story.transferred();
    const contactId = await world.contactOf(id);
    await story.undone(runOf);
    await world.restoreContact(contactId);
    await story.look(id, contactId);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    await world.editProspect(id, "job_title", null, "CEO");
    await world.reconcile();
    expect(await story.contactTitle(contactId)).toBe("CEO");
  });

  it("but none that anybody has used: a mapped field, another property, a list", async () => {
    const [mapped, other] = [await story.prospect("Mapped"), await story.prospect("Other")];
    await story.contact("Listed");
    const runOf = await story.transferred();
    const listed = (await world.prospectByEmail("listed@example.com"))?.id ?? "";
    await world.editContact(await world.contactOf(mapped), { jobtitle: "Typed since" });
    await world.editContact(await world.contactOf(other), { preferred_name: "Otto" });
    await world.editProspect(listed, "job_title", null, "CEO");
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([
      ["Listed", "excluded", "changed_since"],
      ["Mapped", "excluded", "changed_since"],
      ["Other", "excluded", "changed_since"],
    ]);
    expect(await world.contacts()).toHaveLength(3);
    expect((await story.rowOf(listed))?.deletedAt).toBeNull();
  });

  it("and says nothing more of a pair of which neither is left", async () => {
    const theirs = await story.contact("Theirs");
    const shown = await story.undoPreviewed(await story.transferred());
    const madeHere = (await world.prospectByEmail("theirs@example.com"))?.id ?? "";
    await world.archiveContact(theirs.id);
    await transferAll(world, shown);
    expect(await story.outcomes(shown)).toEqual([["Theirs", "taken_back", undefined]]);
    expect((await story.rowOf(madeHere))?.deletedAt).not.toBeNull();
    expect(await world.statusOf(madeHere)).toBeUndefined();
  });

  it("and passes over those that are gone", async () => {
    const ours = await story.prospect("Ours");
    const shown = await story.undoPreviewed(await story.transferred());
    await world.archiveContact(await world.contactOf(ours));
    await transferAll(world, shown);
    expect(await story.outcomes(shown)).toEqual([["Ours", "excluded", "gone_since"]]);
    // The person's own removal is the ordinary line's.
    await world.reconcile();
    expect((await story.rowOf(ours))?.deletedAt).not.toBeNull();
  });
});

it("leaves the full comparison afterwards nothing to repair (Verifies: R-72, R-78)", async () => {
  await story.prospect("Ours");
  await story.contact("Theirs");
  await story.prospect("Fills", { job_title: "CEO" });
  await story.contact("Fills");
  await story.undone(await story.transferred());
  await world.reconcile();
  const before = await world.contacts();
  const { counts } = await compareAll(world);
  expect(counts).toMatchObject({ repaired: 0 });
  expect(await world.contacts()).toEqual(before);
});
