// What a transfer says of a record after each answer of HubSpot's to it, and after how many tries: as the ordinary line
// does, so that the transfer comes to its end.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { triesAtAll } from "@/services/sync/claim-pending";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { answerWrites, faults } from "../sync/faults";
import { peopleOf } from "./people";
import { itemsOf, previewAll, transferOf } from "./transfer";

let world: SyncWorld;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await openSyncWorld();
  people = peopleOf(world);
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  // A limit asks for a pause.
  await world.db.execute("update rate_budgets set paused_until = null");
  await people.clean();
});

/** Page after page, each when the record's next turn has come; returns in how many of them HubSpot was asked. */
async function workThrough(runId: string, answered: string[], most: number): Promise<number> {
  let tries = 0;
  for (let page = 0; page < most && (await transferOf(world, runId)).state === "running"; page += 1) {
    const before = answered.length;
    await transferPage(world.ctx, runId).catch((error) => expect(error).toHaveProperty("kind"));
    if (answered.length > before) tries += 1;
    await world.db.execute("update run_items set leased_until = null where lease is null");
  }
  return tries;
}

describe.each(Object.entries(faults))("%s (Verifies: R-52, R-77)", (_, { told, looks, ...fault }) => {
  it("is told of a transfer's record, which then has failed, or the record waits", async () => {
    await people.prospect("Ana");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const tries = await workThrough(runId, answerWrites(fault), told ? 25 : 2);
    if (!told) {
      expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "planned" }]);
      return;
    }
    expect(await itemsOf(world, runId)).toMatchObject([
      { outcome: "failing", detail: { ...told.detail, reason: told.reason } },
    ]);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { failing: 1 } });
    // A page that got no answer at all is tried less often than a record of the ordinary line.
    expect(tries).toBe(told.reason === "no_answer" ? triesAtAll : looks);
  });
});
