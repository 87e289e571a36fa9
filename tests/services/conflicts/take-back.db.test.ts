// A choice can be taken back: before it was carried out, while a page is at it, and after.
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { runItems, runs } from "@/db/schema/runs";
import { readActivities } from "@/services/activities/read-activities";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { carryOutPage } from "@/services/sync/carry-out-page";
import { claimPending } from "@/services/sync/claim-pending";
import { loadPageContext } from "@/services/sync/load-page-context";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());

describe("taking a choice back (Verifies: R-62, R-78)", () => {
  it("is as if nobody had chosen while it waits, and puts back what was replaced after that", async () => {
    const pair = await at.conflicted("Undo");
    const waiting = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    expect(await at.undo(waiting.resolutionId)).toEqual({
      takenBack: 1,
      puttingBack: 0,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);

    const done = await at.resolve(await at.openOf(pair.id), { kind: "value", value: "Typed" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Typed", "Typed"]);
    expect(await at.undo(done.resolutionId)).toEqual({
      takenBack: 0,
      puttingBack: 1,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(pair.id)).toMatchObject({ outcome: "undone", baseValue: "CEO" });
  });

  it("takes back all parts of an act that was sent in several", async () => {
    const pairs = [await at.conflicted("PartA"), await at.conflicted("PartB")];
    let resolutionId: string | undefined;
    const undecided = async () => {
      const input = { integrationId: world.integrationId, filter: { search: "part" } };
      return (await readConflictsPage({ ctx: world.ctx, input })).counted?.counts.total;
    };
    for (const { conflict } of pairs) {
      const resolutions = [
        { conflictId: conflict.id, seen: conflict.revision, choice: { kind: "take", side: "snov" } as const },
      ];
      const input = { integrationId: world.integrationId, resolutionId, resolutions };
      const decided = await resolveConflicts({ ctx: world.ctx, input });
      expect(decided.resolutionId).toBe(resolutionId ?? decided.resolutionId);
      resolutionId = decided.resolutionId;
    }
    expect(await undecided()).toBe(0);
    expect(await at.undo(resolutionId ?? "")).toEqual({
      takenBack: 2,
      puttingBack: 0,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    expect(await undecided()).toBe(2);
    await world.reconcile();
  });

  it("puts back also what a page had sent that died before it could tell", async () => {
    const pair = await at.conflicted("UndoDead");
    const chosen = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    const send = globalThis.fetch;
    let sent = false;
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
      if (sent) return Promise.reject(new TypeError("fetch failed"));
      sent = String(url).endsWith("/batch/update");
      return send(url, init);
    });
    await expect(world.page()).rejects.toThrow();
    spy.mockRestore();
    expect(await at.titles(pair)).toEqual(["Snov", "Snov"]);
    expect(await at.undo(chosen.resolutionId)).toEqual({
      takenBack: 0,
      puttingBack: 1,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(pair.id)).toMatchObject({ outcome: "undone", baseValue: "CEO" });
  });

  it("counts also where a page is at work that knows only of the choice", async () => {
    const pair = await at.conflicted("UndoSlow");
    const chosen = await at.resolve(pair.conflict, { kind: "take", side: "hubspot" });
    const slow = await slowPage(world);
    expect(await at.undo(chosen.resolutionId)).toEqual({
      takenBack: 0,
      puttingBack: 1,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    await slow.commit();
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await at.openOf(pair.id)).toMatchObject({ outcome: "undone", baseValue: "CEO" });
  });

  it("counts also where a page of a transfer is at work on the record", async () => {
    const pair = await at.conflicted("UndoTransfer");
    const chosen = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    const { integrationId } = world;
    const [run] = await world.db.insert(runs).values({ integrationId, kind: "transfer" }).returning();
    const item = { runId: run?.id ?? "", side: "snov" as const, recordId: pair.id };
    await world.db
      .insert(runItems)
      .values({ ...item, outcome: "planned", planned: "update", lease: randomUUID() });
    const page = await loadPageContext(world.db, integrationId);
    if (!page) throw new Error("the integration is not active");
    const noticedAt = new Date();
    await carryOutPage(world.ctx, page, {
      claim: { lease: randomUUID(), records: [] },
      records: [{ id: 0, ...item, attempts: 1, generation: 0, noticedAt }],
      lane: "bulk",
      hold: async () => {},
      check: async (works) => {
        expect(await at.undo(chosen.resolutionId)).toEqual({
          takenBack: 0,
          puttingBack: 1,
          kept: 0,
          stopped: 0,
          ruled: 0,
        });
        return works;
      },
    });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    await world.db.delete(runs);
  });

  it("is not promised for a record whose removal a page is at work on", async () => {
    const id = await world.addProspect({ emails: ["undogone@example.com"], job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { jobtitle: "Edited" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    const early = await at.resolve(await at.openOf(id), { kind: "remove" });
    expect(await at.undo(early.resolutionId)).toEqual({
      takenBack: 1,
      puttingBack: 0,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    const late = await at.resolve(await at.openOf(id), { kind: "remove" });
    const page = await loadPageContext(world.db, world.integrationId);
    if (!page) throw new Error("the integration is not active");
    const claim = await claimPending(world.db, world.integrationId);
    await carryOutPage(world.ctx, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: async () => {},
      check: async (works) => {
        expect(await at.undo(late.resolutionId)).toEqual({
          takenBack: 0,
          puttingBack: 0,
          kept: 1,
          stopped: 0,
          ruled: 0,
        });
        return works;
      },
    });
    expect((await world.contact(contactId)).archived).toBe(true);
    await world.reconcile();
  });

  it("says at once that a choice stays whose field is synced no more, and takes it back once it is again", async () => {
    const pair = await at.conflicted("UndoStopped");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    const ofField = eq(fieldMappings.id, pair.conflict.mappingId ?? "");
    const stop = (stoppedReason: "hubspot_property_gone" | null) =>
      world.db.update(fieldMappings).set({ stoppedReason }).where(ofField);
    await stop("hubspot_property_gone");
    const stays = { takenBack: 0, puttingBack: 0, kept: 0, stopped: 1, ruled: 0 };
    expect(await at.undo(done.resolutionId)).toEqual(stays);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({ outcome: "applied" });
    await stop(null);
    expect(await at.undo(done.resolutionId)).toEqual({ ...stays, puttingBack: 1, stopped: 0 });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
  });

  it("is told as that, by whom, where it was written and where nothing had to be", async () => {
    const written = await at.conflicted("UndoTold");
    const left = await at.conflicted("UndoTold2");
    const choices = [
      await at.resolve(written.conflict, { kind: "take", side: "snov" }),
      await at.resolve(left.conflict, { kind: "leave" }),
    ];
    await world.reconcile();
    const told = async ({ id }: { id: string }) => {
      const filter = { prospectId: id, cause: "resolution" } as const;
      const input = { integrationId: world.integrationId, filter };
      return (await readActivities({ ctx: world.ctx, input })).activities;
    };
    const byMember = { kind: "member", userId: world.ctx.userId, name: world.ctx.userName };
    const chosen = { ...byMember, conflictId: expect.any(String) };
    const back = { ...chosen, takesBack: true };
    expect((await told(written)).map(({ cause }) => cause)).toEqual([chosen]);
    for (const { resolutionId } of choices) await at.undo(resolutionId);
    await world.reconcile();
    expect(await told(written)).toMatchObject([
      {
        kind: "contact/edited",
        cause: back,
        changes: [{ field: "jobtitle", label: "Job title", before: "Snov", after: "Hub" }],
      },
      { kind: "contact/edited", cause: chosen },
    ]);
    expect((await told(written))[0]?.changes[0]).not.toHaveProperty("why");
    expect((await told(written))[1]?.cause).not.toHaveProperty("takesBack");
    expect(await told(left)).toMatchObject([
      { kind: "conflict/taken_back", cause: back },
      { kind: "conflict/left", cause: chosen },
    ]);
  });

  it("leaves when and by whom the prospect's value was given that is put back", async () => {
    const pair = await at.conflicted("UndoWhen");
    const givenOf = async () => {
      const [prospect] = await world.db.select().from(prospects).where(eq(prospects.id, pair.id));
      return prospect?.fieldChanges.job_title;
    };
    const given = await givenOf();
    expect(given?.by.kind).toBe("member");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "hubspot" });
    await world.reconcile();
    expect(await givenOf()).toMatchObject({ by: { kind: "integration" } });
    await at.undo(done.resolutionId);
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Snov", "Hub"]);
    expect(await givenOf()).toEqual(given);
  });

  it("keeps what somebody has changed since", async () => {
    const pair = await at.conflicted("UndoLate");
    const done = await at.resolve(pair.conflict, { kind: "take", side: "snov" });
    await world.reconcile();
    await at.undo(done.resolutionId);
    await world.editContact(pair.contactId, { jobtitle: "Since" });
    await world.reconcile();
    expect(await at.titles(pair)).toEqual(["Since", "Since"]);
    expect(await at.conflictById(pair.conflict.id)).toMatchObject({
      outcome: "kept",
      stopReason: "changed",
      closedAt: expect.any(Date),
    });
  });
});
