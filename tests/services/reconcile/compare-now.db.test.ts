// "Compare now" is an admin's, waits for the comparison that is under way, and is told of on the overview.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { overviewComparison } from "@/db/queries/overview-comparison";
import { runs } from "@/db/schema/runs";
import { compareNow } from "@/services/reconcile/compare-now";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { stopRun } from "@/services/reconcile/open-run";
import { startDueComparisons } from "@/services/reconcile/start-due";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { readAllPages } from "./compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
});
afterAll(() => world.close());

const compare = (more: Partial<SyncWorld["ctx"]> = {}) =>
  compareNow({ ctx: { ...world.ctx, ...more }, input: { integrationId: world.integrationId } });
const shown = () =>
  overviewComparison(world.db, { workspaceId: world.ctx.workspaceId, integrationId: world.integrationId });

describe("comparing now (Verifies: R-72)", () => {
  it("is refused to members, to other workspaces, and while the integration cannot sync", async () => {
    await expect(compare({ role: "member" })).rejects.toMatchObject({ code: "forbidden" });
    const workspaceId = "00000000-0000-4000-8000-000000000000";
    await expect(compare({ workspaceId })).rejects.toMatchObject({ code: "not_found" });
    await world.configure({ state: "paused" });
    await expect(compare()).rejects.toMatchObject({ details: { reason: "comparison_not_active" } });
    await world.configure({ state: "active", existingLinkedAt: null });
    await expect(compare()).rejects.toMatchObject({ details: { reason: "still_linking" } });
    await world.configure({ existingLinkedAt: new Date() });
    expect(await shown()).toEqual({ running: null, last: null });
  });

  it("shows how far it is and what the last one found; asking again is refused until it has ended", async () => {
    await world.addProspect({ emails: ["ana@example.com"], first_name: "Ana" });
    await world.reconcile();
    const { runId } = await compare();
    await expect(compare()).rejects.toMatchObject({
      code: "in_use",
      details: { reason: "comparison_running" },
    });
    expect(await shown()).toMatchObject({ running: { compared: 0, listed: false }, last: null });
    await readAllPages(world, runId);
    expect(await shown()).toMatchObject({ running: { compared: 1, listed: true }, last: null });
    await finishReconcile(world.ctx, runId);
    expect(await shown()).toMatchObject({
      running: null,
      last: { counts: { compared: 1, equal: 1, repaired: 0 }, stoppedBy: null, by: "Ana", reasons: [] },
    });
    const again = await compare();
    expect(again.runId).not.toBe(runId);
    await stopRun(world.db, again.runId, "failed");
  });
});

describe("the daily start (Verifies: R-72)", () => {
  it("starts nothing twice a day, and takes up what a crash has left", async () => {
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    expect(await startDueComparisons(world.ctx, new Date(Date.now() - 3_600_000))).toEqual([]);
    const started = await startDueComparisons(world.ctx, tomorrow);
    expect(started).toMatchObject([{ integrationId: world.integrationId }]);
    expect(await startDueComparisons(world.ctx, tomorrow)).toEqual([]);
    const later = new Date(tomorrow.getTime() + 10 * 60_000);
    expect(await startDueComparisons(world.ctx, later)).toEqual(started);
    // Once that has ended, the day's is done.
    await world.db.update(runs).set({ startedAt: tomorrow, finishedAt: later });
    expect(await startDueComparisons(world.ctx, later)).toEqual([]);
  });
});
