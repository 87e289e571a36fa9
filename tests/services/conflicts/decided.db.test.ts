// What people decided is found again, whoever decided it and however long ago, and taken back from there.
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { mayTakeBack } from "@/components/conflicts/may-take-back";
import { conflicts } from "@/db/schema/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { users } from "@/db/schema/workspaces";
import { type ReadDecidedInput, readDecided } from "@/services/conflicts/read-decided";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import type { Ctx } from "@/services/context";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
let bea: Ctx;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
  const [user] = await world.db
    .insert(users)
    .values({ email: "bea@example.org", name: "Bea" })
    .returning({ id: users.id });
  bea = { ...world.ctx, userId: user?.id ?? "", userName: "Bea", role: "member" };
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
    await world.db.delete(conflicts).where(
      inArray(
        conflicts.id,
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
    const nothing = { takenBack: 0, puttingBack: 0, kept: 0, stopped: 0 };
    expect(await undo(bea, own.resolutionId, own.id)).toEqual(nothing);
    const back = { ...nothing, puttingBack: 1 };
    expect(await undo(world.ctx, theirs.resolutionId, theirs.id)).toEqual(back);
    expect(await at.conflictById(theirs.id)).toMatchObject({ resolvedBy: world.ctx.userId });
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
    expect(mayTakeBack({ ...own, kind: "removed_and_edited" }, asOwner())).toBe(false);
    expect(mayTakeBack({ ...own, outcome: "kept" }, asOwner())).toBe(false);
    expect(mayTakeBack({ ...own, kind: "same_address", outcome: "apart" }, asOwner())).toBe(true);
  });

  it("are shown to nobody of another workspace", async () => {
    const ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(readDecided({ ctx, input: { integrationId: world.integrationId } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
