// What a fuse counts, and when it stops nothing.
import { eq } from "drizzle-orm";
import fc from "fast-check";
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

  it("counts in every window the minutes that lie in it, and no others", async () => {
    const [id = ""] = await team(["Noa"]);
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    const { page, claim } = await claimPage(world, world.integrationId);
    const sources = { db: world.db, hubspot: world.hubspot };
    const works = await planPage(sources, page, await observePage(sources, page, claim.records), new Set());
    const begin = Date.UTC(2026, 0, 12, 9);
    const harms = fc.uniqueArray(
      fc.record({ minute: fc.nat(90), removals: fc.integer({ min: 1, max: 5 }) }),
      {
        selector: ({ minute }) => minute,
        maxLength: 12,
      },
    );
    const windows = fc.integer({ min: 5, max: 70 });
    await fc.assert(
      fc.asyncProperty(harms, windows, fc.nat(59_999), async (done, windowMinutes, msIntoMinute) => {
        await world.db.delete(harmCounts);
        const rows = done.map(({ minute, removals }) => ({
          integrationId: world.integrationId,
          minute: new Date(begin + minute * 60_000),
          removals,
        }));
        if (rows.length) await world.db.insert(harmCounts).values(rows);
        const fuses = { ...page.fuses, removals: 0, windowMinutes };
        const now = new Date(begin + 90 * 60_000 + msIntoMinute);
        const { blown } = await checkFuses(world.db, { ...page, fuses }, works, now);
        const within = done.filter(({ minute }) => 90 - minute <= windowMinutes);
        expect(blown).toEqual({
          kind: "removals",
          planned: 1,
          before: within.reduce((sum, { removals }) => sum + removals, 0),
          limit: 0,
        });
      }),
      {
        numRuns: 60,
        examples: [
          [
            [
              { minute: 30, removals: 2 },
              { minute: 29, removals: 1 },
            ],
            60,
            0,
          ],
        ],
      },
    );
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
