// Commits of one integration take turns. What people wait for waits for one page of a transfer at most, not for all of them.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockForCommit, lockLinks } from "@/services/sync/moved-links";
import { untilLockWaits } from "../../support/lock-waits";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("pages that come to commit at the same time (Verifies: R-73)", () => {
  it("commit what was noticed before a second page of a transfer", async () => {
    const { db, integrationId } = world;
    const order: string[] = [];
    const commits: Promise<void>[] = [];
    const runId = randomUUID();
    await db.transaction(async (holder) => {
      await lockLinks(holder, integrationId);
      for (const [who, run] of [
        ["first of the transfer", runId],
        ["second of the transfer", runId],
        ["noticed", null],
      ] as const) {
        const commit = db.transaction(async (tx) => {
          await lockForCommit(tx, { integrationId, runId: run });
          order.push(who);
        });
        commits.push(commit);
        await untilLockWaits(db, commits.length);
      }
    });
    await Promise.all(commits);
    expect(order).toEqual(["first of the transfer", "noticed", "second of the transfer"]);
  });
});
