// Once an account's day is used up a person can have HubSpot asked again at once: all goes on, or they learn until when not.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { integrations } from "@/db/schema/integrations";
import { rateBudgets } from "@/db/schema/rates";
import { runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { askHubspotAgain } from "@/services/integrations/ask-hubspot-again";
import { noteHindered } from "@/services/reconcile/note-hindered";
import { startReconcile } from "@/services/reconcile/start-reconcile";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
let comparison: string;
let transfer: string;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
});
afterAll(() => world.close());

const hour = 3_600_000;
/** A transfer and a comparison sleep until the day is over, and the search for changes has failed. */
beforeEach(async () => {
  const { db, integrationId } = world;
  vi.restoreAllMocks();
  world.wakes.length = 0;
  await world.configure({ state: "active" });
  await db.delete(runs);
  comparison = (await startReconcile(db, [integrationId]))[0]?.runId ?? "";
  await noteHindered(db, comparison, new RemoteError("rate_limited", "the day", { retryAfterMs: 8 * hour }));
  const [run] = await db
    .insert(runs)
    .values({ integrationId, kind: "transfer", state: "running" })
    .returning({ id: runs.id });
  transfer = run?.id ?? "";
  const now = new Date().toISOString();
  await db.insert(transfers).values({
    runId: transfer,
    fromSnov: true,
    fromHubspot: false,
    prospects: { kind: "all" },
    contacts: { kind: "all" },
    preview: { outcomes: {}, fields: [], reasons: [] } as never,
    hindered: { kind: "day", since: now, at: now, until: null, faults: 1, passed: 0 },
    wakeAt: new Date(Date.now() + 8 * hour),
  });
  await db
    .update(integrations)
    .set({ pollFault: { kind: "day_used_up", since: now } })
    .where(eq(integrations.id, integrationId));
  await db.update(rateBudgets).set({ pausedUntil: new Date(Date.now() + 8 * hour), pauseReason: "day" });
});

const ask = (more: Partial<SyncWorld["ctx"]> = {}) =>
  askHubspotAgain({ ctx: { ...world.ctx, ...more }, input: { integrationId: world.integrationId } });

async function stand() {
  const { db } = world;
  const budgets = await db
    .select({ isPaused: sql<boolean>`coalesce(paused_until > now(), false)` })
    .from(rateBudgets);
  const [own] = await db.select({ fault: integrations.pollFault }).from(integrations);
  const [moved] = await db.select({ sleeps: sql<boolean>`wake_at > now()` }).from(transfers);
  return {
    paused: budgets.some(({ isPaused }) => isPaused),
    fault: own?.fault?.kind ?? null,
    transferSleeps: moved?.sleeps,
  };
}
const asleep = { paused: true, fault: "day_used_up", transferSleeps: true };

describe("asking HubSpot again once the day is used up (Verifies: R-74)", () => {
  it("has everything go on that waited, a sleeping comparison and a transfer too, where HubSpot answers", async () => {
    expect(await stand()).toEqual(asleep);
    const { integrationId } = world;
    expect(await ask()).toEqual({
      answered: true,
      comparisons: [{ runId: comparison, integrationId }],
      transfers: [{ runId: transfer, integrationId }],
    });
    expect(await stand()).toEqual({ paused: false, fault: null, transferSleeps: false });
    expect(world.wakes).toEqual([integrationId]);
    // Whoever was sent is the only one.
    expect(await ask()).toMatchObject({ answered: true, comparisons: [] });
  });

  it("says until when HubSpot still refuses, and begins the pause anew", async () => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () =>
      Response.json({ policyName: "DAILY" }, { status: 429, headers: { "retry-after": "7200" } }),
    );
    const asked = await ask();
    if (asked.answered) throw new Error("HubSpot has refused");
    expect(Math.abs(asked.until.getTime() - Date.now() - 2 * hour)).toBeLessThan(60_000);
    expect(await stand()).toMatchObject({ paused: true, fault: "day_used_up" });
    expect(world.wakes).toEqual([]);
  });

  it("tells any other trouble of HubSpot's as what it is", async () => {
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("fetch failed"));
    await expect(ask()).rejects.toMatchObject({ code: "hubspot_unavailable" });
    expect(await stand()).toMatchObject({ fault: "day_used_up" });
    expect(world.wakes).toEqual([]);
  });

  it("is an owner's or an admin's, of this workspace, while the integration syncs; else nothing is asked", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    await expect(ask({ role: "member" })).rejects.toMatchObject({ code: "forbidden" });
    const workspaceId = "00000000-0000-4000-8000-000000000000";
    await expect(ask({ workspaceId })).rejects.toMatchObject({ code: "not_found" });
    await world.configure({ state: "paused" });
    await expect(ask()).rejects.toMatchObject({ details: { reason: "trying_not_active" } });
    expect(await stand()).toEqual(asleep);
    expect(fetched).not.toHaveBeenCalled();
  });
});
