// A comparison that HubSpot keeps waiting stays open, and goes on where it was: one run at a time, and none too early.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { runs } from "@/db/schema/runs";
import { reconcileRequested } from "@/inngest/events";
import { liftDayPause } from "@/services/connections/lift-day-pause";
import { comparePage } from "@/services/reconcile/compare-page";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { crowd, passedBySearch, readRun, startRun } from "../../services/reconcile/compare";
import { waitFor } from "../runner/support/wait-for";
import { type FunctionWorld, openFunctionWorld } from "./open-function-world";

let world: FunctionWorld;
let runId: string;
beforeAll(async () => {
  world = await openFunctionWorld(["start-reconciles", "reconcile"], {
    integration: { existingLinkedAt: new Date(), ...passedBySearch() },
  });
  await crowd(world, 120);
});
afterAll(() => world.close());

/** The first of two pages has been read. */
beforeEach(async () => {
  await world.db.delete(runs);
  await world.engine`delete from runner_runs`;
  runId = await startRun(world);
  await comparePage(world.ctx, runId);
});

const ask = () => world.send(reconcileRequested.create({ runId, integrationId: world.integrationId }));
const fault = (faults: object) => world.sandbox.control("PUT", "/faults", faults);
/** As if nobody had got on with it until now. */
const aWhileLater = () =>
  world.db
    .update(runs)
    .set({ checkpoint: sql`${runs.checkpoint} || jsonb_build_object('wakeAt', now())` })
    .where(eq(runs.id, runId));

async function isTakenUpAndEnds() {
  expect(await world.tick("start-reconciles")).toMatchObject({ output: { started: 0 } });
  await aWhileLater();
  expect(await world.tick("start-reconciles")).toMatchObject({ output: { started: 1 } });
  await waitFor("the end of the comparison", async () => (await readRun(world, runId)).finishedAt);
  expect(await readRun(world, runId)).toMatchObject({
    state: "finished",
    counts: { compared: 120, equal: 120 },
  });
  expect(await world.runsOf("reconcile")).toHaveLength(2);
}

describe("a comparison's run (Verifies: R-72, R-74)", () => {
  it("leaves an outage that outlasts its tries to whoever is sent next, who goes on where it was", async () => {
    await fault({ failNext: { count: 6, status: 503, retryAfterSeconds: 1 } });
    await ask();
    expect(await world.ended("reconcile")).toMatchObject([{ status: "failed" }]);
    expect(await readRun(world, runId)).toMatchObject({
      finishedAt: null,
      checkpoint: { after: expect.any(String), hindered: { since: expect.any(String) } },
    });
    await isTakenUpAndEnds();
  });

  it("does not end where HubSpot does not know our app for a while", async () => {
    const changeTokens = (values: Partial<typeof connections.$inferInsert>) =>
      world.db.update(connections).set(values).where(eq(connections.id, world.connectionId));
    await fault({ wrongClientSecret: true });
    await changeTokens({ expiresAt: new Date() });
    await ask();
    expect(await world.ended("reconcile")).toMatchObject([{ status: "failed" }]);
    expect(await readRun(world, runId)).toMatchObject({ finishedAt: null });
    await fault({});
    await changeTokens({ refreshAgainAt: null });
    await isTakenUpAndEnds();
  });

  it("sleeps through no used-up day, and nobody is sent before that is over or lifted", async () => {
    await world.sandbox.control("PATCH", "/settings", { rateLimit: true, dailyLimit: 1, retryAfter: true });
    // The only call that the day allows.
    await world.sandbox.call("GET", "/crm/objects/2026-03/contacts?limit=1");
    await ask();
    expect(await world.ended("reconcile")).toMatchObject([{ status: "completed", output: { ended: false } }]);
    const { checkpoint } = await readRun(world, runId);
    expect(Date.parse(checkpoint.wakeAt ?? "")).toBeGreaterThan(Date.parse(checkpoint.hindered?.until ?? ""));
    expect(await world.tick("start-reconciles")).toMatchObject({ output: { started: 0 } });
    expect(await world.engine`select 1 from runner_jobs where kind <> 'route'`).toEqual([]);

    await world.sandbox.control("PATCH", "/settings", {
      rateLimit: false,
      dailyLimit: null,
      retryAfter: false,
    });
    await liftDayPause(world.ctx, String(ACCOUNT));
    expect(await world.tick("start-reconciles")).toMatchObject({ output: { started: 1 } });
    await waitFor("the end of the comparison", async () => (await readRun(world, runId)).finishedAt);
    expect(await world.runsOf("reconcile")).toHaveLength(2);
  });
});
