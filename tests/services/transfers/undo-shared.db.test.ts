// A prospect that a transfer made may be another integration's by the time it is undone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { recordLinks } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("a prospect that a transfer made and another integration has linked since (Verifies: R-78)", () => {
  it("stays, with that reason, in the undo's preview and when its turn comes", async () => {
    await story.contact("Shared");
    await story.contact("Theirs");
    const runOf = await story.transferred();
    const shared = await world.prospectByEmail("shared@example.com");
    const theirs = await world.prospectByEmail("theirs@example.com");
    const another = await world.addIntegration(24_000_009);
    const link = async (prospectId = "", contactId = "") =>
      world.db.insert(recordLinks).values({ integrationId: another, prospectId, contactId });
    await link(shared?.id, "901");
    const runId = await story.undoPreviewed(runOf);
    expect(await transferOf(world, runId)).toMatchObject({
      preview: { skip: { linked_elsewhere: 1 }, undo: { takeBack: { snov: 1, hubspot: 0 } } },
    });
    await link(theirs?.id, "902");
    await transferAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([
      ["Shared", "excluded", "linked_elsewhere"],
      ["Theirs", "excluded", "linked_elsewhere"],
    ]);
    expect(await story.trashed()).toEqual([]);
  });
});
