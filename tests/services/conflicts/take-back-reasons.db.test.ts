// A choice that could not be taken back says why, is as it was before, and can be taken back once the reason is gone.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { oneConflict } from "@/db/queries/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());

// Verifies: R-62
describe("a choice that cannot be taken back now", () => {
  it("is refused at once where the field's settings would settle it again, and done once a person is asked", async () => {
    const pair = await at.conflicted("UndoRuled");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    const ofField = eq(fieldMappings.id, pair.conflict.mappingId ?? "");
    const set = (values: Partial<typeof fieldMappings.$inferInsert>) =>
      world.db.update(fieldMappings).set(values).where(ofField);
    const stays = { takenBack: 0, puttingBack: 0, kept: 0, stopped: 0, ruled: 1 };
    await set({ policy: "snov_wins" });
    expect(await at.undo(done.resolutionId)).toEqual(stays);
    await set({ policy: null, direction: "to_hubspot" });
    expect(await at.undo(done.resolutionId)).toEqual(stays);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
    await set({ direction: "both" });
    expect(await at.undo(done.resolutionId)).toEqual({ ...stays, puttingBack: 1, ruled: 0 });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
  });

  it("is none where the field travels one way by now, but a person would be asked all the same", async () => {
    const email = "neveragreed@example.com";
    await world.addContact({ email, jobtitle: "Hub" });
    const id = await world.addProspect({ emails: [email], job_title: "Snov" });
    await world.reconcile();
    const pair = { id, contactId: await world.contactOf(id), conflict: await at.openOf(id) };
    const done = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
    const ofField = eq(fieldMappings.id, pair.conflict.mappingId ?? "");
    await world.db.update(fieldMappings).set({ direction: "to_hubspot" }).where(ofField);
    expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 1, ruled: 0 });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(id)).toMatchObject({ outcome: "undone", stopReason: null });
    await world.db.update(fieldMappings).set({ direction: "both" }).where(ofField);
  });

  it("says why it came to nothing, leaves who had chosen and when, and can be tried again once the reason is gone", async () => {
    const pair = await at.conflicted("UndoRuleMade");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    const chosen = await at.conflictById(pair.conflict.id);
    const ofField = eq(fieldMappings.id, pair.conflict.mappingId ?? "");
    const rule = (policy: "snov_wins" | null) =>
      world.db.update(fieldMappings).set({ policy }).where(ofField);
    const ctx = await at.colleague("Bea", "admin");
    const input = { integrationId: world.integrationId, resolutionId: done.resolutionId };
    expect(await undoResolution({ ctx, input })).toMatchObject({ puttingBack: 1 });
    expect(await oneConflict(world.db, world.integrationId, pair.conflict.id)).toMatchObject({
      resolvedBy: world.ctx.userName,
      takingBackBy: ctx.userName,
    });
    await rule("snov_wins");
    await world.reconcile();
    const { resolution, resolutionId, resolvedBy, resolvedAt } = chosen ?? {};
    const asBefore = { resolution, resolutionId, resolvedBy, resolvedAt };
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({
      outcome: "kept",
      stopReason: "rule",
      ...asBefore,
    });
    expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
    await rule(null);
    expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 1 });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(pair.id)).toMatchObject({ outcome: "undone", stopReason: null });
  });

  it("has HubSpot's sentence where HubSpot refused what was there before", async () => {
    const pair = await at.conflicted("UndoRefused");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    const send = globalThis.fetch;
    const refusal = { status: "error", category: "VALIDATION_ERROR", message: "A rule forbids it" };
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const isUpdate = init?.method === "PATCH" || String(url).includes("/contacts/batch/update");
      return isUpdate ? Response.json(refusal, { status: 400 }) : send(url, init);
    });
    await at.undo(done.resolutionId);
    await world.reconcile();
    spy.mockRestore();
    const stays = { outcome: "kept", stopReason: "refused", detail: { said: "A rule forbids it" } };
    expect(await at.conflictById(pair.conflict.id)).toMatchObject(stays);
    expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
    expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 1 });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
  });
});
