// What people decide about conflicts while a transfer has their records before it.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConflictChoice, conflicts } from "@/db/schema/conflicts";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { makeRule } from "@/services/conflicts/make-rule";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import { untilLockWaits } from "../../support/lock-waits";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "../conflicts/conflicts-in";
import { peopleOf } from "./people";
import { itemsOf, previewAll, runAll, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
  people = peopleOf(world);
});
afterAll(() => world.close());
afterEach(async () => {
  await people.clean();
  await world.db.update(fieldMappings).set({ policy: null });
});

describe("a conflict that somebody decides between the preview and its record's turn (Verifies: R-52, R-62)", () => {
  it.each([
    { side: "snov" as const, titles: ["Snov", "Snov"] },
    { side: "hubspot" as const, titles: ["Hub", "Hub"] },
  ])("is settled as was decided, and nobody is asked: $side", async ({ side, titles }) => {
    const pair = await at.conflicted("Ada");
    const runId = await previewAll(world);
    expect(await itemsOf(world, runId)).toMatchObject([{ planned: "conflict", outcome: "planned" }]);
    await at.resolve(pair.conflict, { kind: "take", side });
    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "updated", detail: { changed: "true" } }]);
    expect(await at.titles(pair)).toEqual(titles);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
  });

  it("is settled while an edit of another field of its record is left to the ordinary sync", async () => {
    const pair = await at.conflicted("Ada");
    await world.editContact(pair.contactId, { city: "Porto" });
    await world.notice("hubspot", pair.contactId);
    await world.reconcile();
    const runId = await previewAll(world);
    await world.editProspect(pair.id, "city", "Porto", "Lisboa");
    await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
    expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
    expect((await world.contact(pair.contactId)).properties.city).toBe("Porto");
    await world.reconcile();
    expect((await world.contact(pair.contactId)).properties.city).toBe("Lisboa");
  });
});

describe("a conflict that a rule is to settle (Verifies: R-62)", () => {
  it.each([
    {
      what: "the undo of another field's change",
      previewed: async (id: string) => {
        const { changePreviewed, lastOn } = undoing(world);
        await world.editProspect(id, "city", null, "Porto");
        await world.reconcile();
        return await changePreviewed(await lastOn("hubspot", id));
      },
    },
    { what: "a transfer in one direction", previewed: () => previewAll(world, { fromSnov: false }) },
  ])(
    "stays open where $what comes to its record first, and is settled by the rule",
    async ({ previewed }) => {
      const pair = await at.conflicted("Ada");
      const runId = await previewed(pair.id);
      const { integrationId, ctx } = world;
      const [integration] = await world.db.select().from(integrations);
      const seen = integration?.updatedAt.toISOString() ?? "";
      const mappingId = pair.conflict.mappingId ?? "";
      await makeRule({ ctx, input: { integrationId, mappingId, policy: "snov_wins", seen } });
      await transferAll(world, runId);
      expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
      expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
      expect(await at.conflictById(pair.conflict.id)).toMatchObject({ closedAt: null });
      await world.reconcile();
      expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
      expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "rule" });
    },
  );
});

it.each(["that was carried out", "that a page is at work on"])(
  "a choice that is taken back together with one %s is not carried out by a transfer that comes to it meanwhile (Verifies: R-62)",
  async (which) => {
    let act: string | undefined;
    const choose = async ({ conflict: { id, revision } }: typeof other, choice: ConflictChoice) => {
      const { integrationId, ctx } = world;
      const resolutions = [{ conflictId: id, seen: revision, choice }];
      const input = { integrationId, resolutions, ...(act ? { resolutionId: act } : {}) };
      act = (await resolveConflicts({ ctx, input })).resolutionId;
    };
    const other = await at.conflicted("Ada");
    const pair = await at.conflicted("Bia");
    await choose(other, { kind: "take", side: "hubspot" });
    const slow = await slowPage(world);
    if (which === "that was carried out") await slow.commit();
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await choose(pair, { kind: "leave" });

    // The undo has looked at the one that waits, and stands before the other one.
    const ended: Promise<unknown>[] = [];
    await world.db.transaction(async (tx) => {
      await tx.select().from(conflicts).where(eq(conflicts.id, other.conflict.id)).for("update");
      ended.push(at.undo(act ?? ""));
      await untilLockWaits(world.db);
      ended.push(transferPage(world.ctx, runId));
      await untilLockWaits(world.db, 2);
    });
    const [undone] = await Promise.all(ended);
    expect(undone).toMatchObject({ takenBack: 1, puttingBack: 1, kept: 0 });
    if (which === "that a page is at work on") await slow.commit().catch(() => {});
    await runAll(world, runId);
    await world.reconcile();
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ closedAt: null, resolution: null });
    for (const each of [other, pair]) expect(await at.titles(each)).toEqual(["Snov", "Hub"]);
  },
);
