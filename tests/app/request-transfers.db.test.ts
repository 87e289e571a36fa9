import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { requestOpenTransfers } from "@/app/server/tell-engine";
import { integrations } from "@/db/schema/integrations";
import { transfers } from "@/db/schema/transfers";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { pauseTransfer } from "@/services/transfers/pause-transfer";
import { previewAll } from "../services/transfers/transfer";
import { openSyncWorld, type SyncWorld } from "../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

it("has the transfers of an integration that may sync again go on at once, and none that a person paused (Verifies: R-52)", async () => {
  const { ctx, db, integrationId } = world;
  await world.addProspect({ emails: ["ada@example.com"] });
  const runId = await previewAll(world);
  await allowTransfer({ ctx, input: { runId } });
  await db.update(transfers).set({ wakeAt: new Date(Date.now() + 3_600_000) });
  // It reads the environment, which the world makes.
  const { inngest } = await import("@/inngest/client");
  const sent: unknown[] = [];
  vi.spyOn(inngest, "send").mockImplementation(async (event) => {
    sent.push(event);
    return { ids: [] };
  });
  const asked = async () => {
    sent.length = 0;
    await requestOpenTransfers(ctx, integrationId);
    return sent;
  };
  expect(await asked()).toMatchObject([{ name: "transfer/requested", data: { runId, integrationId } }]);

  await db.update(integrations).set({ state: "paused" }).where(eq(integrations.id, integrationId));
  expect(await asked()).toEqual([]);
  await db.update(integrations).set({ state: "active" }).where(eq(integrations.id, integrationId));
  await pauseTransfer({ ctx, input: { runId } });
  expect(await asked()).toEqual([]);
});
