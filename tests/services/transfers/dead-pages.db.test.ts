// Nothing tells which record killed a process, if any did: whoever was under way has its turn, and nobody is blamed.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addProspects } from "@/scripts/bench/transfer/open-bench-world";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { claimItems } from "@/services/transfers/claim-items";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
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
  while ((await world.contacts()).length) await people.clean();
  await people.clean();
});

describe("pages of a transfer that died (Verifies: R-52)", () => {
  const dies = async ({ lease }: { lease: string }) =>
    await world.db.execute(
      sql`update run_items set leased_until = now() - interval '1 second' where lease = ${lease}::uuid`,
    );

  it("come after all others and in smaller pages, and nobody is blamed who was under way at that time", async () => {
    await addProspects(world, 130);
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const first = await claimItems(world.db, runId);
    await dies(first);
    expect(await transferPage(world.ctx, runId)).toMatchObject({ worked: 30 });
    const sizes: number[] = [];
    for (let death = 0; death < 3; death += 1) {
      const claim = await claimItems(world.db, runId);
      await dies(claim);
      sizes.push(claim.items.length);
    }
    expect(first.items).toHaveLength(100);
    expect(sizes.slice(0, 2)).toEqual([50, 25]);
    expect(new Set((await itemsOf(world, runId, "planned")).map(({ attempts }) => attempts))).toEqual(
      new Set([1]),
    );
    let pages = 0;
    for (let more = true; more; pages += 1) more = (await transferPage(world.ctx, runId)).more;
    expect(pages).toBeLessThan(30);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { created: 130 } });
  });

  it("leave the one that kills them alone in the end, and the others are done", async () => {
    await addProspects(world, 100);
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const [poison] = await itemsOf(world, runId, "planned");
    let deaths = 0;
    for (let page = 0; page < 60; page += 1) {
      const claim = await claimItems(world.db, runId);
      if (!claim.items.some(({ recordId }) => recordId === poison?.recordId)) {
        await world.db.execute(
          sql`update run_items set outcome = 'created' where lease = ${claim.lease}::uuid`,
        );
        continue;
      }
      if (claim.items.length === 1 && (await itemsOf(world, runId, "planned")).length === 1) break;
      await dies(claim);
      deaths += 1;
    }
    expect(await itemsOf(world, runId, "planned")).toMatchObject([{ recordId: poison?.recordId }]);
    expect(deaths).toBeLessThan(20);
  });
});
