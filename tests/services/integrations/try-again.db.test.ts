// "Try again" sends once more what HubSpot refused before, of one failing record or of all.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { rateBudgets } from "@/db/schema/rates";
import { recordLinks, recordStatuses } from "@/db/schema/sync";
import { readTried } from "@/services/integrations/read-tried";
import { tryAgain } from "@/services/integrations/try-again";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reconcile();
  await world.db.delete(recordStatuses);
});

type Named = { side: "snov" | "hubspot"; recordId: string };
const again = (record?: Named, more: Partial<SyncWorld["ctx"]> = {}) =>
  tryAgain({
    ctx: { ...world.ctx, ...more },
    input: { integrationId: world.integrationId, ...(record ? { record } : {}) },
  });
const stand = (record?: Named) =>
  readTried({ ctx: world.ctx, input: { id: world.integrationId, ...record } });
const stranger = { workspaceId: "00000000-0000-4000-8000-000000000000" };

/** A linked prospect of which HubSpot refused the job title; it would take it now. */
async function failingProspect(): Promise<Named> {
  const jobTitle = "CTO";
  const id = await world.addProspect({
    emails: [`${crypto.randomUUID()}@example.com`],
    first_name: "Gil",
    job_title: "CEO",
  });
  await world.reconcile();
  const mapping = await world.db.query.fieldMappings.findFirst({
    where: (row, { eq: is }) => is(row.snovField, "job_title"),
  });
  await world.db.update(prospects).set({ jobTitle }).where(eq(prospects.id, id));
  const refused = { [mapping?.id ?? ""]: { on: "hubspot" as const, value: jobTitle, message: "no" } };
  await world.db.update(recordLinks).set({ refused }).where(eq(recordLinks.prospectId, id));
  await world.notice("snov", id);
  await world.reconcile();
  expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "field_rejected" });
  return { side: "snov", recordId: id };
}
const jobTitleInHubspot = async ({ recordId }: Named) =>
  (await world.contact(await world.contactOf(recordId))).properties.jobtitle;

describe("trying failing records again (Verifies: R-73)", () => {
  it("sends once more what HubSpot refused of the one that is named, and of no other", async () => {
    const [one, other] = [await failingProspect(), await failingProspect()];
    world.wakes.length = 0;
    expect(await again(one)).toEqual({ tried: 1 });
    expect(world.wakes).toEqual([world.integrationId]);
    expect(await world.pending()).toMatchObject([one]);
    expect(await stand(one)).toEqual({ waiting: 1, failing: 1 });
    await world.reconcile();
    expect(await stand(one)).toEqual({ waiting: 0, failing: 0 });
    expect(await jobTitleInHubspot(one)).toBe("CTO");
    expect(await jobTitleInHubspot(other)).toBe("CEO");
    expect(await stand()).toEqual({ waiting: 0, failing: 1 });
  });

  it("ends the pause of a day that was used up, and no other: a person may have bought more calls", async () => {
    const { db } = world;
    const paused = async () => (await db.select().from(rateBudgets)).map(({ pauseReason }) => pauseReason);
    const pause = (pauseReason: "day" | "moving") =>
      db.update(rateBudgets).set({ pausedUntil: new Date(Date.now() + 3_600_000), pauseReason });
    await pause("moving");
    world.wakes.length = 0;
    await again();
    expect(new Set(await paused())).toEqual(new Set(["moving"]));
    expect(world.wakes).toEqual([]);
    await pause("day");
    await expect(again(undefined, stranger)).rejects.toMatchObject({ code: "not_found" });
    expect(new Set(await paused())).toEqual(new Set(["day"]));
    await again();
    expect(new Set(await paused())).toEqual(new Set([null]));
    expect(world.wakes).toEqual([world.integrationId]);
    await world.addProspect({ emails: ["bought@example.com"], first_name: "Bo" });
    await world.reconcile();
  });

  it("takes all that fail together, and none that does not", async () => {
    const both = [await failingProspect(), await failingProspect()];
    const fine = await world.addProspect({ emails: ["fine@example.com"], first_name: "Fina" });
    await world.reconcile();
    expect(await again(undefined, { role: "member" })).toEqual({ tried: 2 });
    expect((await world.pending()).map(({ recordId }) => recordId)).not.toContain(fine);
    expect(await stand()).toEqual({ waiting: 2, failing: 2 });
    await world.reconcile();
    expect(await stand()).toEqual({ waiting: 0, failing: 0 });
    for (const one of both) expect(await jobTitleInHubspot(one)).toBe("CTO");
  });

  it("tries nothing where nothing fails", async () => {
    const id = await world.addProspect({ emails: ["well@example.com"], first_name: "Well" });
    await world.reconcile();
    world.wakes.length = 0;
    expect(await again({ side: "snov", recordId: id })).toEqual({ tried: 0 });
    expect(await world.pending()).toEqual([]);
    expect(world.wakes).toEqual([]);
  });

  it("is refused to another workspace, which learns nothing either, and while the integration rests", async () => {
    const one = await failingProspect();
    const links = await world.db.select().from(recordLinks);
    await expect(again(one, stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(again(undefined, stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      readTried({ ctx: { db: world.db, ...stranger }, input: { id: world.integrationId } }),
    ).rejects.toMatchObject({ code: "not_found" });
    await world.configure({ state: "paused" });
    await expect(again(one)).rejects.toMatchObject({ details: { reason: "trying_not_active" } });
    await world.configure({ state: "active" });
    expect(await world.pending()).toEqual([]);
    expect(await world.db.select().from(recordLinks)).toEqual(links);
  });
});
