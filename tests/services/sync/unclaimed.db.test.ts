// Records that a page came across by others' rows, and that go round again.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { pendingRecords } from "@/db/schema/sync";
import { markUnclaimed } from "@/services/sync/commit-pending";
import { lookAgain } from "@/services/sync/outcome";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("records that nobody noticed by themselves (Verifies: R-73)", () => {
  it("are all marked by as many statements as there are sides", async () => {
    for (const name of ["ana", "bia", "caio", "davi"])
      await world.addProspect({ emails: [`${name}@round.example`] });
    const { works } = await slowPage(world);
    await world.db.delete(pendingRecords);
    const outcomes = new Map(works.map((work) => [{ ...work, claimed: [] }, lookAgain]));
    await world.db.transaction(async (tx) => {
      const statements = vi.spyOn(tx, "execute");
      await markUnclaimed(tx, world.integrationId, outcomes);
      expect(statements.mock.calls.length).toBeLessThanOrEqual(2);
    });
    const marked = (await world.pending()).map(({ recordId }) => recordId);
    expect(marked.toSorted()).toEqual(works.map(({ prospect }) => prospect?.id).toSorted());
  });
});
