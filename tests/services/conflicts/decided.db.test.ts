// What people decided is found again, whoever decided it and however long ago, and taken back from there.
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { mayTakeBack } from "@/components/conflicts/may-take-back";
import { conflictsById } from "@/db/queries/conflicts";
import { conflicts as conflictRows } from "@/db/schema/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { type ReadDecidedInput, readDecided } from "@/services/conflicts/read-decided";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import type { Ctx } from "@/services/context";
import { addMapping } from "@/services/integrations/add-mapping";
import { removeMapping } from "@/services/integrations/remove-mapping";
import { replaceMapping } from "@/services/integrations/replace-mapping";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
let bea: Ctx;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
  bea = await at.colleague("Bea", "member");
});
afterAll(() => world.close());

const read = async (filter: ReadDecidedInput["filter"] = {}, after: ReadDecidedInput["after"] = null) =>
  await readDecided({ ctx: world.ctx, input: { integrationId: world.integrationId, filter, after } });
const undo = async (ctx: Ctx, resolutionId: string, conflictId?: string) =>
  await undoResolution({ ctx, input: { integrationId: world.integrationId, resolutionId, conflictId } });
const asMember = () => ({ userId: bea.userId, manages: false });
const asOwner = () => ({ userId: world.ctx.userId, manages: true });

describe("decided conflicts (Verifies: R-62)", () => {
  it("are shown with what stood against what, the choice and who made it, the latest first", async () => {
    const [taken, left, typed] = [
      await at.conflicted("Taken"),
      await at.conflicted("Left"),
      await at.conflicted("Typed"),
    ];
    await at.resolve(taken.conflict, { kind: "take", side: "snov" });
    await at.resolve(left.conflict, { kind: "leave" }, bea);
    expect((await read()).conflicts).toEqual([]);
    await world.reconcile();
    await at.resolve(typed.conflict, { kind: "value", value: "By hand" });
    await world.reconcile();
    const seen = { values: { snov: "Snov", hubspot: "Hub" }, base: "CEO", outcome: "applied" };
    const { conflicts, next } = await read();
    expect(conflicts).toMatchObject([
      { id: typed.conflict.id, choice: { kind: "value", value: "By hand" }, resolvedBy: "Ana", ...seen },
      { id: left.conflict.id, choice: { kind: "leave" }, resolvedBy: "Bea", ...seen },
      { id: taken.conflict.id, choice: { kind: "take", side: "snov" }, resolvedBy: "Ana", ...seen },
    ]);
    expect(next).toBeNull();
    expect((await read({ userId: bea.userId })).conflicts).toMatchObject([{ id: left.conflict.id }]);
    expect((await read({ search: "typ" })).conflicts).toMatchObject([{ id: typed.conflict.id }]);
    const record = { side: "snov", recordId: taken.id } as const;
    expect((await read({ record })).conflicts).toMatchObject([{ id: taken.conflict.id }]);
    const last = conflicts[0];
    const after = { resolvedAt: last?.resolvedAt ?? "", id: last?.id ?? "" };
    expect((await read({}, after)).conflicts).toMatchObject([{ resolvedBy: "Bea" }, { resolvedBy: "Ana" }]);
    await expect(read({}, { ...after, resolvedAt: "x" })).rejects.toThrow(z.ZodError);
  });

  it("are found by a name however many were decided since, a look at a time", async () => {
    const first = (await read()).conflicts.at(-1);
    const others = await world.db.execute(sql`
      insert into conflicts (integration_id, side, record_id, closed_at, outcome, resolution, resolved_at)
      select integration_id, side, gen_random_uuid()::text, closed_at, outcome, resolution, now() + n * interval '1 millisecond'
      from conflicts, generate_series(1, 6000) n where id = ${first?.id ?? ""}::uuid returning id`);
    const found: string[] = [];
    let looks = 0;
    for (let after: ReadDecidedInput["after"] = null; looks === 0 || after; looks += 1) {
      const page: Awaited<ReturnType<typeof read>> = await read({ search: first?.recordName ?? "" }, after);
      found.push(...page.conflicts.map(({ id }) => id));
      after = page.next;
    }
    expect(found).toEqual([first?.id]);
    expect(looks).toBe(2);
    await world.db.delete(conflictRows).where(
      inArray(
        conflictRows.id,
        [...others].map(({ id }) => String(id)),
      ),
    );
  });

  it("are taken back from there: one's own, and by an owner or admin anybody's, who is told to have done it", async () => {
    const [theirs] = (await read({ userId: bea.userId })).conflicts;
    const [own] = (await read({ userId: world.ctx.userId })).conflicts;
    if (!theirs?.resolutionId || !own?.resolutionId) throw new Error("nothing was decided");
    expect([theirs, own].map((one) => mayTakeBack(one, asMember()))).toEqual([true, false]);
    expect([theirs, own].map((one) => mayTakeBack(one, asOwner()))).toEqual([true, true]);
    const nothing = { takenBack: 0, puttingBack: 0, kept: 0, stopped: 0, ruled: 0 };
    expect(await undo(bea, own.resolutionId, own.id)).toEqual(nothing);
    const back = { ...nothing, puttingBack: 1 };
    expect(await undo(world.ctx, theirs.resolutionId, theirs.id)).toEqual(back);
    const takingBack = { by: world.ctx.userId, act: theirs.resolutionId };
    expect(await at.conflictById(theirs.id)).toMatchObject({
      resolvedBy: bea.userId,
      resolution: { undo: takingBack },
    });
    await world.reconcile();
    expect(await at.openOf(theirs.recordId)).toMatchObject({ outcome: "undone" });
    expect((await read()).conflicts.map(({ id }) => id)).not.toContain(theirs.id);
  });

  it("offer no way back where a field is synced no more, or records came or went by it", async () => {
    const [own] = (await read({ userId: world.ctx.userId })).conflicts;
    const ofField = eq(fieldMappings.id, own?.mappingId ?? "");
    await world.db.update(fieldMappings).set({ stoppedReason: "hubspot_property_gone" }).where(ofField);
    const [stopped] = (await read({ userId: world.ctx.userId })).conflicts;
    await world.db.update(fieldMappings).set({ stoppedReason: null }).where(ofField);
    if (!own || !stopped) throw new Error("nothing was decided");
    expect(mayTakeBack(stopped, asOwner())).toBe(false);
    const shownAs = async (as: Partial<typeof conflictRows.$inferInsert>) => {
      await world.db.update(conflictRows).set(as).where(eq(conflictRows.id, own.id));
      const [shown] = await conflictsById(world.db, world.integrationId, [own.id]);
      return shown && mayTakeBack(shown, asOwner());
    };
    expect(await shownAs({ kind: "removed_and_edited" })).toBe(false);
    expect(await shownAs({ kind: "value", outcome: "kept", stopReason: "changed" })).toBe(false);
    expect(await shownAs({ stopReason: "email_removed" })).toBe(false);
    expect(await shownAs({ stopReason: null })).toBe(false);
    expect(await shownAs({ stopReason: "rule" })).toBe(true);
    expect(await shownAs({ kind: "same_address", outcome: "apart", stopReason: null })).toBe(true);
    expect(await shownAs({ kind: "value", outcome: "applied" })).toBe(true);
    expect(await shownAs({ closedAt: null })).toBe(false);
    await shownAs({ closedAt: new Date() });
  });

  it("say how many of the same act can be taken back with one, up to a thousand", async () => {
    const pairs = [await at.conflicted("ActA"), await at.conflicted("ActB")];
    const resolutions = pairs.map(({ conflict: { id, revision } }) => ({
      conflictId: id,
      seen: revision,
      choice: { kind: "take", side: "snov" } as const,
    }));
    const input = { integrationId: world.integrationId, resolutions };
    const { resolutionId } = await resolveConflicts({ ctx: world.ctx, input });
    await world.reconcile();
    const { acts, conflicts: decided } = await read();
    expect(acts).toEqual({ [resolutionId]: 2 });
    expect(decided.length).toBeGreaterThan(2);
    const others = await world.db.execute(sql`
      insert into conflicts (integration_id, side, record_id, mapping_id, closed_at, outcome, resolution, resolution_id, resolved_at)
      select integration_id, side, gen_random_uuid()::text, mapping_id, closed_at, outcome, resolution, resolution_id, resolved_at
      from conflicts, generate_series(1, 1200) n where id = ${pairs[0]?.conflict.id ?? ""}::uuid returning id`);
    expect((await read()).acts).toEqual({ [resolutionId]: 1000 });
    await world.db.delete(conflictRows).where(
      inArray(
        conflictRows.id,
        [...others].map(({ id }) => String(id)),
      ),
    );
    const stays = await at.conflicted("ActC");
    const ofAct = { resolutionId, closedAt: new Date(), outcome: "kept", stopReason: "changed" } as const;
    const resolution = { choice: { kind: "take", side: "snov" } } as const;
    await world.db
      .update(conflictRows)
      .set({ ...ofAct, resolution, resolvedBy: world.ctx.userId, resolvedAt: new Date() })
      .where(eq(conflictRows.id, stays.conflict.id));
    expect((await read()).acts).toEqual({ [resolutionId]: 2 });
    const ofField = eq(fieldMappings.id, stays.conflict.mappingId ?? "");
    await world.db.update(fieldMappings).set({ stoppedReason: "hubspot_property_gone" }).where(ofField);
    expect((await read()).acts).toEqual({});
    await world.db.update(fieldMappings).set({ stoppedReason: null }).where(ofField);
    expect(await undo(world.ctx, resolutionId)).toMatchObject({ puttingBack: 2, kept: 1 });
    await world.reconcile();
  });

  it.each(["removed", "replaced"])(
    "stay to be seen where their field's mapping is %s, and can no longer be taken back",
    async (how) => {
      const known = (await read()).conflicts.filter(({ stopped }) => !stopped);
      const { id, conflict } = await at.conflicted(`Gone${how}`);
      const done = await at.resolve(conflict, { kind: "take", side: "snov" });
      await world.reconcile();
      const open = await at.conflicted(`Open${how}`);
      const target = { integrationId: world.integrationId, mappingId: conflict.mappingId ?? "" };
      const title = { snovField: "job_title", hubspotProperty: "jobtitle" };
      const sameField = (await world.openConflicts()).filter((one) => one.mappingId === target.mappingId);
      const drop = (knowsConflicts: boolean) =>
        how === "removed"
          ? removeMapping({ ctx: world.ctx, input: { ...target, knowsConflicts } })
          : replaceMapping({ ctx: world.ctx, input: { ...target, ...title, knowsConflicts } });
      await expect(drop(false)).rejects.toMatchObject({
        details: {
          reason: "mapping_conflicts",
          values: { open: sameField.length, decided: known.length + 1 },
        },
      });
      await drop(true);
      const [decided] = (await read({ record: { side: "snov", recordId: id } })).conflicts;
      if (!decided) throw new Error("the decision is gone");
      const fields = { snov: "job_title", hubspot: "jobtitle" };
      expect(decided).toMatchObject({ fields, choice: { kind: "take", side: "snov" }, stopped: true });
      expect(mayTakeBack(decided, asOwner())).toBe(false);
      expect(await undo(world.ctx, done.resolutionId)).toMatchObject({ puttingBack: 0, stopped: 1 });
      expect(await at.conflictById(open.conflict.id)).toMatchObject({
        outcome: "unmapped",
        closedAt: expect.any(Date),
      });
      if (how === "removed")
        await addMapping({ ctx: world.ctx, input: { integrationId: world.integrationId, ...title } });
    },
  );

  it("are shown to nobody of another workspace", async () => {
    const ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(readDecided({ ctx, input: { integrationId: world.integrationId } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
