// What changed unseen while a comparison was under way may lie on a page that it had passed by then.
import { asc, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runs } from "@/db/schema/runs";
import { compareAfresh } from "@/services/reconcile/compare-afresh";
import { comparePage } from "@/services/reconcile/compare-page";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { stopRun } from "@/services/reconcile/open-run";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { readAllPages, readRun, startRun } from "./compare";

let world: SyncWorld;
let first: string;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
  for (let at = 0; at < 101; at += 1)
    await world.addProspect({ emails: [`row${at}@example.com`], first_name: `Row ${at}` });
  await world.reconcile();
  const [contact] = (await world.contacts()).sort((a, b) => Number(a.id) - Number(b.id));
  first = contact?.id ?? "";
});
beforeEach(() => world.db.delete(runs));
afterAll(() => world.close());

const afresh = () => world.db.transaction((tx) => compareAfresh(tx, [world.integrationId]));
const open = async () =>
  (await world.db.select().from(runs).where(isNull(runs.finishedAt)).orderBy(asc(runs.startedAt))).map(
    ({ id }) => id,
  );
/** The line looks at what was marked, and the run ends. */
async function end(runId: string) {
  await readAllPages(world, runId);
  await world.reconcile();
  expect(await finishReconcile(world.ctx, runId)).toBe(true);
}

// Verifies: R-72
describe("a comparison of everything from now on", () => {
  it("begins at once where none is under way", async () => {
    await afresh();
    expect(await open()).toHaveLength(1);
  });

  it("follows the one that is under way, so that a change on a page which that has passed is found", async () => {
    const runId = await startRun(world);
    expect(await comparePage(world.ctx, runId)).toEqual({ more: true });
    await world.editContact(first, { jobtitle: "CTO" });
    await afresh();
    await afresh();
    expect(await open()).toEqual([runId]);
    await end(runId);
    expect((await readRun(world, runId)).counts).toMatchObject({ repaired: 0, arrived: 0 });

    const [next = "", ...others] = await open();
    expect(others).toEqual([]);
    await end(next);
    expect((await readRun(world, next)).counts).toMatchObject({ compared: 101, arrived: 1 });
    expect(await open()).toEqual([]);
  });

  it("follows also one that could not be read to its end, once", async () => {
    const runId = await startRun(world);
    await afresh();
    await stopRun(world.db, runId, "failed");
    const [next = "", ...others] = await open();
    expect(next).not.toBe(runId);
    expect(others).toEqual([]);
    await stopRun(world.db, next, "failed");
    expect(await open()).toEqual([]);
  });

  it("waits for nobody where its integration may not sync", async () => {
    const runId = await startRun(world);
    await afresh();
    await world.configure({ state: "paused" });
    await stopRun(world.db, runId, "inactive");
    expect(await open()).toEqual([]);
    await world.configure({ state: "active" });
  });
});
