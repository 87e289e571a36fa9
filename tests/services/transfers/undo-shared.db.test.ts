// A prospect that a transfer made may be another integration's, or in somebody's list, by the time it is undone: also where
// that happens between the look at it and the moment in which it would go to the trash.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Tx } from "@/db/client";
import { listMembers, prospectLists } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import { untilLockWaits } from "../../support/lock-waits";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { runAll, transferAll, transferOf } from "./transfer";
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

describe("a prospect that somebody begins to use while its undo is under way (Verifies: R-78)", () => {
  /** Done, and not yet visible to others, when the undo looks at the prospect; committed when it would go to the trash. */
  async function usedAtThatMoment(use: (tx: Tx, prospectId: string) => Promise<unknown>): Promise<string> {
    await story.contact("Theirs");
    const runId = await story.undoPreviewed(await story.transferred());
    const prospect = await world.prospectByEmail("theirs@example.com");
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    let page: Promise<unknown> = Promise.resolve();
    await world.db.transaction(async (tx) => {
      await use(tx, prospect?.id ?? "");
      page = transferPage(world.ctx, runId);
      await untilLockWaits(world.db);
    });
    await page;
    expect(await story.trashed()).toEqual([]);
    await runAll(world, runId);
    expect(await story.trashed()).toEqual([]);
    return runId;
  }

  it("stays where another integration links it", async () => {
    const another = await world.addIntegration(24_000_010);
    const runId = await usedAtThatMoment((tx, prospectId) =>
      tx.insert(recordLinks).values({ integrationId: another, prospectId, contactId: "903" }),
    );
    expect(await story.outcomes(runId)).toEqual([["Theirs", "excluded", "linked_elsewhere"]]);
  });

  it("stays where somebody puts it into another list", async () => {
    const [list] = await world.db
      .insert(prospectLists)
      .values({ workspaceId: world.ctx.workspaceId, name: "Picked" })
      .returning();
    const runId = await usedAtThatMoment(async (tx, prospectId) => {
      await tx.execute(sql`select id from prospects where id = ${prospectId}::uuid for update`);
      await tx.insert(listMembers).values({ listId: list?.id ?? "", prospectId });
    });
    expect(await story.outcomes(runId)).toEqual([["Theirs", "excluded", "changed_since"]]);
  });
});
