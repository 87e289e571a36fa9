// What a fuse counts, and when it stops nothing.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { pendingRecords } from "@/db/schema/sync";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { checkFuses } from "@/services/sync/check-fuses";
import { observePage } from "@/services/sync/observe-page";
import { planPage } from "@/services/sync/plan-page";
import { claimPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.configure({ state: "active", fuses: { removals: 2 }, fuseStop: null });
  await world.db.delete(pendingRecords);
  await world.db.delete(harmCounts);
});

async function team(names: string[]) {
  const ids = await Promise.all(
    names.map((name) =>
      world.addProspect({ emails: [`${name.toLowerCase()}@example.com`], first_name: name }),
    ),
  );
  await world.reconcile();
  return ids;
}

const state = async () =>
  (await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId)))[0];

describe("a fuse (Verifies: R-76)", () => {
  it("counts what was done in the minute that its window begins in, and nothing before", async () => {
    const [id = ""] = await team(["Ivo"]);
    const windowMs = 60 * 60_000;
    const doneAgo = (ms: number) =>
      world.db.insert(harmCounts).values({
        integrationId: world.integrationId,
        minute: new Date(Math.floor((Date.now() - ms) / 60_000) * 60_000),
        removals: 2,
      });
    const trashOf = async (prospectId: string) => {
      await trashProspects({ ctx: world.ctx, input: { ids: [prospectId] } });
      await world.page();
      return (await state())?.fuseStop?.before ?? null;
    };
    await doneAgo(windowMs + 60_000);
    expect(await trashOf(id)).toBeNull();

    await world.db.delete(harmCounts);
    const [other = ""] = await team(["Jair"]);
    await doneAgo(windowMs);
    expect(await trashOf(other)).toBe(2);
  });

  it("leaves an integration that a person has paused meanwhile as it is", async () => {
    const ids = await team(["Kiko", "Lia", "Mel"]);
    await trashProspects({ ctx: world.ctx, input: { ids } });
    const { page, claim } = await claimPage(world, world.integrationId);
    const sources = { db: world.db, hubspot: world.hubspot };
    const works = await planPage(sources, page, await observePage(sources, page, claim.records), new Set());
    await world.configure({ state: "paused" });
    expect(await checkFuses(world.db, page, works, new Date())).toMatchObject({
      blown: { kind: "removals" },
    });
    expect(await state()).toMatchObject({ state: "paused", fuseStop: null });
  });
});
