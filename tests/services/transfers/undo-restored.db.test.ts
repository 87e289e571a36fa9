// A transfer takes out of the trash what an earlier one's undo had put there; its own undo puts it there again.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("undoing a transfer that took a prospect out of the trash (Verifies: R-78)", () => {
  it("puts it there again with what it was given, and the sync leaves it so", async () => {
    const theirs = await story.contact("Theirs");
    await story.undone(await story.transferred());
    const madeHere = (await story.trashed())[0]?.id ?? "";
    await world.editContact(theirs.id, { jobtitle: "CTO" });
    const again = await story.transferred();
    expect(await story.rowOf(madeHere)).toMatchObject({ deletedAt: null, jobTitle: "CTO" });
    const runId = await story.undone(again);
    expect(await story.outcomes(runId)).toEqual([["Theirs", "taken_back", undefined]]);
    expect((await story.rowOf(madeHere))?.deletedAt).not.toBeNull();
    expect(await story.look(madeHere, theirs.id)).toMatchObject({ toHubspot: 0, toSnov: 0 });
  });

  it("leaves it where somebody has written it since", async () => {
    const theirs = await story.contact("Theirs");
    await story.undone(await story.transferred());
    const madeHere = (await story.trashed())[0]?.id ?? "";
    const again = await story.transferred();
    await world.editProspect(madeHere, "industry", null, "Typed since");
    await story.look(madeHere, theirs.id);
    const runId = await story.undone(again);
    expect(await story.outcomes(runId)).toEqual([["Theirs", "excluded", "changed_since"]]);
    expect((await story.rowOf(madeHere))?.deletedAt).toBeNull();
  });
});
