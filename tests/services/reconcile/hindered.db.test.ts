// What keeps a comparison from being read for a while does not end it; somebody is sent to one that has not got on, and to no other.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OauthError } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { comparePage } from "@/services/reconcile/compare-page";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { noteHindered } from "@/services/reconcile/note-hindered";
import { startDueComparisons } from "@/services/reconcile/start-due";
import { workComparison } from "@/services/reconcile/work-comparison";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { forgetAll, linkedPair, readAllPages, readRun, startRun } from "./compare";

let world: SyncWorld;
let runId: string;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await forgetAll(world);
  runId = await startRun(world);
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const start = Date.now();
const at = (ms: number) => new Date(start + ms);
const state = async () => (await readRun(world, runId)).state;
const fails = (error: unknown, ms = 0) => noteHindered(world.db, runId, error, at(ms));
const noAnswer = new RemoteError("transient", "GET: 503");
const told = (retryAfterMs: number) => new RemoteError("rate_limited", "the day", { retryAfterMs });
const isSent = async (ms: number) => (await startDueComparisons(world.ctx, at(ms))).length === 1;

describe("a comparison whose next page cannot be read (Verifies: R-72, R-74)", () => {
  it.each([
    ["HubSpot gives no answer", noAnswer],
    ["a limit is used up", told(15_000)],
    ["HubSpot does not know our app", new OauthError("misconfigured", "no", {})],
    ["a token is not taken", new RemoteError("unauthorized", "GET: 401")],
    ["a gateway turns us away", new RemoteError("forbidden", "GET: 403")],
    ["our database is away", new Error("ECONNREFUSED")],
  ])("stays open where %s, and ends once that has been so for hours", async (_, error) => {
    const lasts = error instanceof RemoteError && error.retryAfterMs ? 25 : 6;
    for (let half = 0; half < 2 * lasts; half += 1) await fails(error, half * 30 * minuteMs);
    expect(await state()).toBe("running");
    await fails(error, lasts * hourMs);
    expect(await readRun(world, runId)).toMatchObject({
      state: "stopped",
      checkpoint: { stoppedBy: "failed" },
    });
  });

  it("ends at once where no waiting mends it", async () => {
    await fails(new RemoteError("rejected", "GET: 400"));
    expect(await state()).toBe("stopped");
    // Whoever notes that it fails once more changes nothing.
    await fails(noAnswer);
    expect(await state()).toBe("stopped");
  });

  it("is waited for anew once a page was read, a used-up day is over, or nobody has tried for long", async () => {
    await fails(noAnswer);
    await fails(noAnswer, 50 * minuteMs);
    await fails(told(8 * hourMs), 100 * minuteMs);
    await fails(noAnswer, 10 * hourMs);
    await fails(noAnswer, 20 * hourMs);
    expect(await state()).toBe("running");
    await comparePage(world.ctx, runId);
    expect((await readRun(world, runId)).checkpoint.hindered).toBeUndefined();
  });

  it("notes what the page met, and throws it", async () => {
    await world.sandbox.control("PUT", "/faults", { failNext: { count: 1, status: 503 } });
    await expect(workComparison(world.ctx, runId)).rejects.toMatchObject({ kind: "transient" });
    expect((await readRun(world, runId)).checkpoint).toMatchObject({ hindered: { until: null } });
    expect(await workComparison(world.ctx, runId)).toEqual({ more: false });
  });
});

describe("somebody is sent to an open comparison (Verifies: R-72)", () => {
  it("once, and again where nobody has got on with it for ten minutes", async () => {
    expect(await isSent(0)).toBe(true);
    expect(await isSent(9 * minuteMs)).toBe(false);
    expect(await isSent(10 * minuteMs)).toBe(true);
  });

  it("not while it gets on, be it that it waits for the line to look at what it marked", async () => {
    const { contactId } = await linkedPair(world, "Ana");
    await world.editContact(contactId, { jobtitle: "CTO" });
    await readAllPages(world, runId);
    expect(await isSent(9 * minuteMs)).toBe(false);
    expect(await finishReconcile(world.ctx, runId, at(9 * minuteMs))).toBe(false);
    expect(await isSent(18 * minuteMs)).toBe(false);
    expect(await isSent(19 * minuteMs)).toBe(true);
  });

  it("not before what HubSpot has asked it to wait for", async () => {
    await fails(told(8 * hourMs));
    expect(await isSent(8 * hourMs)).toBe(false);
    expect(await isSent(8 * hourMs + 10 * minuteMs)).toBe(true);
  });
});
