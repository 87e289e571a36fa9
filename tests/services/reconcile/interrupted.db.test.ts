// A comparison that was interrupted goes on where it was, and concludes nothing from what it has not read.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import { comparePage } from "@/services/reconcile/compare-page";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { stopRun } from "@/services/reconcile/open-run";
import { startReconcile } from "@/services/reconcile/start-reconcile";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import {
  compareAll,
  crowd,
  forgetAll,
  itemsOf,
  linkedPair,
  readAllPages,
  readRun,
  startRun,
} from "./compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
beforeEach(() => forgetAll(world));
afterAll(() => world.close());

const linked = (name: string, more: Record<string, string> = {}) => linkedPair(world, name, more);
const prospect = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0];
type State = { requests: Record<string, object> };

describe("a comparison that is interrupted (Verifies: R-73)", () => {
  it("resumes at its checkpoint after a crash, and asks for no page twice", async () => {
    const ids = await crowd(world, 120);
    await world.editContact(await world.contactOf(ids[0] ?? ""), { jobtitle: "CTO" });
    await world.editContact(await world.contactOf(ids[119] ?? ""), { jobtitle: "CTO" });
    const runId = await startRun(world);
    expect(await comparePage(world.ctx, runId)).toEqual({ more: true });
    const { checkpoint } = await readRun(world, runId);
    // Whoever starts one now is given the one that a crash has left.
    expect(await startRun(world)).toBe(runId);
    await world.sandbox.control("DELETE", "/counters");
    const run = await compareAll(world);
    expect(run.id).toBe(runId);
    expect(checkpoint.after).toBeTruthy();
    expect(run.counts).toMatchObject({ compared: 120, equal: 118, repaired: 2 });
    const { body } = await world.sandbox.control<State>("GET", "/state");
    expect(body.requests["GET /crm/objects/2026-03/contacts"]).toMatchObject({ requests: 1 });
  });

  it("loses nothing when a page dies before it is saved", async () => {
    const { id, contactId } = await linked("Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    const runId = await startRun(world);
    await world.sandbox.control("PUT", "/faults", { failNext: { count: 9, how: "refuse", status: 503 } });
    await expect(comparePage(world.ctx, runId)).rejects.toThrow();
    await world.sandbox.control("PUT", "/faults", {});
    expect((await readRun(world, runId)).checkpoint).toEqual({});
    expect((await compareAll(world)).counts).toMatchObject({ repaired: 1 });
    expect(await prospect(id)).toMatchObject({ jobTitle: "CTO" });
  });

  it("infers no removal from pages that were not read", async () => {
    const ids = await crowd(world, 120);
    const last = ids[119] ?? "";
    await world.archiveContact(await world.contactOf(last));
    const runId = await startRun(world);
    expect(await comparePage(world.ctx, runId)).toEqual({ more: true });
    expect(await world.pending()).toEqual([]);
    expect(await comparePage(world.ctx, runId)).toEqual({ more: false });
    expect(await world.pending()).toMatchObject([{ side: "snov", recordId: last }]);
  });

  it("ends politely when the integration is paused, and marks nobody as missing", async () => {
    await linked("Ana");
    const runId = await startRun(world);
    await world.configure({ state: "paused" });
    expect(await comparePage(world.ctx, runId)).toEqual({ more: false });
    expect(await readRun(world, runId)).toMatchObject({
      state: "stopped",
      checkpoint: { stoppedBy: "inactive" },
    });
    expect(await world.pending()).toEqual([]);
    expect(await startReconcile(world.db, [world.integrationId])).toEqual([]);
  });

  it("stopped on its way, keeps of what it saw only what differed", async () => {
    await crowd(world, 120);
    const { contactId } = await linked("Ana");
    const runId = await startRun(world);
    await comparePage(world.ctx, runId);
    await world.editContact(contactId, { jobtitle: "CTO" });
    await comparePage(world.ctx, runId);
    const outcomes = async () =>
      [...new Set((await itemsOf(world, runId)).map(({ outcome }) => outcome))].sort();
    expect(await outcomes()).toEqual(["equal", "marked"]);
    await stopRun(world.db, runId, "failed");
    expect(await outcomes()).toEqual(["marked"]);
  });

  it.each([
    ["what it marked", false],
    ["what was in the queue already", true],
  ])("waits for the line to look at %s", async (_, wasQueued) => {
    const { contactId } = await linked("Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    if (wasQueued) await world.notice("hubspot", contactId);
    const runId = await startRun(world);
    await readAllPages(world, runId);
    expect(await finishReconcile(world.ctx, runId)).toBe(false);
    const later = new Date(Date.now() + 3_600_000);
    expect(await finishReconcile(world.ctx, runId, later)).toBe(true);
    expect((await readRun(world, runId)).counts).toMatchObject({ repaired: 0, waiting: 1 });
  });

  it("links of records that joined while it ran are not taken for lost", async () => {
    await linked("Ana");
    const runId = await startRun(world);
    await linked("Bia");
    await world.db
      .update(recordLinks)
      .set({ contactId: "999999" })
      .where(eq(recordLinks.prospectId, (await world.prospectByEmail("bia@example.com"))?.id ?? ""));
    await readAllPages(world, runId);
    expect((await itemsOf(world, runId)).filter(({ outcome }) => outcome === "marked")).toMatchObject([
      { side: "hubspot" },
    ]);
  });
});
