// What a comparison found is kept with its reasons, and adds up to what is known to differ.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runs } from "@/db/schema/runs";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import { comparePage } from "@/services/reconcile/compare-page";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { stopRun } from "@/services/reconcile/open-run";
import { readComparisons } from "@/services/reconcile/read-comparisons";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll, passedBySearch, readAllPages, startRun } from "./compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date(), ...passedBySearch() } });
});
afterAll(() => world.close());

const shown = () => readComparisons({ ctx: world.ctx, input: { id: world.integrationId } });
async function linked(name: string) {
  const id = await world.addProspect({
    emails: [`${name.toLowerCase()}@example.com`],
    first_name: name,
    job_title: "CEO",
  });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

describe("the history of comparisons (Verifies: R-72)", () => {
  it("tells how many were equal, repaired, in conflict and left out, and why", async () => {
    for (const name of ["Ana", "Bia", "Caio"]) await linked(name);
    const [lost, quarrel] = [await linked("Davi"), await linked("Eva")];
    await world.editContact(lost.contactId, { jobtitle: "CTO" });
    await world.editContact(quarrel.contactId, { jobtitle: "CFO" });
    await world.editProspect(quarrel.id, "job_title", "CEO", "COO");
    await world.db.delete(pendingRecords);
    const nameless = await world.addContact({ firstname: "Nobody" });
    await world.notice("hubspot", nameless.id);
    await world.reconcile();

    await compareAll(world);
    const [last] = await shown();
    expect(last).toMatchObject({
      by: null,
      counts: {
        compared: 6,
        equal: 3,
        arrived: 0,
        repaired: 1,
        inConflict: 1,
        excluded: 1,
        failing: 0,
        waiting: 0,
      },
      stoppedBy: null,
      interruptions: 0,
    });
    const bySort = [...(last?.reasons ?? [])].sort((a, b) => a.outcome.localeCompare(b.outcome));
    expect(bySort).toEqual([
      { outcome: "excluded", reason: "no_email", count: 1 },
      { outcome: "in_conflict", reason: null, count: 1 },
      { outcome: "repaired", reason: null, count: 1 },
    ]);
  });

  it("counts no record twice where a crash has a page, or the end, done again", async () => {
    await world.db.delete(runs);
    const runId = await startRun(world);
    const twice = () => comparePage(world.ctx, runId);
    await Promise.all([twice(), twice()]);
    await readAllPages(world, runId);
    await world.reconcile();
    await Promise.all([finishReconcile(world.ctx, runId), finishReconcile(world.ctx, runId)]);
    const all = await shown();
    expect(all.map(({ counts }) => counts?.compared)).toEqual([6]);
    const { counts, reasons } = all[0] ?? {};
    expect((counts?.equal ?? 0) + (reasons ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });

  it("remembers that it stood still, and went on where it was", async () => {
    const runId = await startRun(world);
    const hourAgo = new Date(Date.now() - 3_600_000);
    await world.db.update(runs).set({ startedAt: hourAgo }).where(eq(runs.id, runId));
    await readAllPages(world, runId);
    await finishReconcile(world.ctx, runId);
    const all = await shown();
    expect(all.find(({ id }) => id === runId)).toMatchObject({ interruptions: 1 });
  });

  it("shows one that ended early with its reason and without counts, the latest first", async () => {
    const runId = await startRun(world);
    await stopRun(world.db, runId, "failed");
    expect((await shown())[0]).toMatchObject({ id: runId, counts: null, stoppedBy: "failed" });
  });

  it("shows all that are kept, however many there were a day", async () => {
    await world.db.delete(runs);
    await world.db.insert(runs).values(
      Array.from({ length: 130 }, (_, place) => ({
        integrationId: world.integrationId,
        kind: "reconcile" as const,
        state: "finished" as const,
        startedAt: new Date(Date.now() - 3_600_000 * (place + 1)),
        finishedAt: new Date(Date.now() - 3_600_000 * (place + 1) + 60_000),
      })),
    );
    const all = await shown();
    expect(all).toHaveLength(130);
    expect(all).toEqual(all.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt)));
  });

  it("is another workspace's business to nobody", async () => {
    const ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(readComparisons({ ctx, input: { id: world.integrationId } })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await world.db.$count(recordStatuses)).toBeGreaterThan(0);
  });
});
