// Somebody is sent to a transfer that nobody works on, and to no other one.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { transfers } from "@/db/schema/transfers";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { listOpenTransfers } from "@/services/transfers/list-open";
import { pauseTransfer } from "@/services/transfers/pause-transfer";
import { readTransfer } from "@/services/transfers/read-transfer";
import { resumeTransfer } from "@/services/transfers/resume-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { transferPage } from "@/services/transfers/transfer-page";
import { workTransfer } from "@/services/transfers/work-transfer";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { previewAll, previewPage } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

const woken = async () => (await listOpenTransfers(world.ctx)).map(({ runId }) => runId);
const aWhileLater = (seconds = 61) =>
  world.db
    .update(transfers)
    .set({ wakeAt: sql`${transfers.wakeAt} - make_interval(secs => ${seconds}::int)` });

describe("a transfer that is to be worked on (Verifies: R-52)", () => {
  it("is left to whoever saved a page of its preview within a minute", async () => {
    for (let n = 0; n < 101; n += 1) await story.prospect(`P${n}`);
    await previewAll(world);
    const { runId } = await startPreview({
      ctx: world.ctx,
      input: { integrationId: world.integrationId, fromSnov: true, fromHubspot: true },
    });
    expect(await previewPage(world.ctx, runId)).toEqual({ more: true });
    expect(await woken()).toEqual([]);
    await aWhileLater();
    expect(await woken()).toEqual([runId]);
  });

  it("is left to whoever saved a page of it within a minute", async () => {
    await story.prospect("Ours");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await aWhileLater();
    expect(await woken()).toEqual([runId]);
    await transferPage(world.ctx, runId);
    expect(await woken()).toEqual([]);
  });
});

it("measures the speed of a transfer since it goes on (Verifies: R-52)", async () => {
  await story.prospect("Ours");
  const runId = await previewAll(world);
  await allowTransfer({ ctx: world.ctx, input: { runId } });
  const read = () => readTransfer({ ctx: world.ctx, input: { runId } });
  const { resumedAt: first } = await read();
  await transferPage(world.ctx, runId);
  expect(await read()).toMatchObject({ lastMinute: 1 });
  await pauseTransfer({ ctx: world.ctx, input: { runId } });
  await resumeTransfer({ ctx: world.ctx, input: { runId } });
  const { resumedAt, lastMinute, allowedAt } = await read();
  expect(lastMinute).toBe(0);
  expect(Date.parse(resumedAt ?? "")).toBeGreaterThan(Date.parse(first ?? ""));
  expect(resumedAt).not.toBe(allowedAt);
});

it("sends nobody before the time at which HubSpot said to come again (Verifies: R-52)", async () => {
  await story.prospect("Ours");
  const runId = await previewAll(world);
  await allowTransfer({ ctx: world.ctx, input: { runId } });
  const busy = () => Response.json({}, { status: 503, headers: { "retry-after": "600" } });
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async () => busy());
  await expect(workTransfer(world.ctx, runId)).rejects.toMatchObject({ retryAfterMs: 600_000 });
  spy.mockRestore();
  await aWhileLater();
  expect(await woken()).toEqual([]);
  await aWhileLater(600);
  expect(await woken()).toEqual([runId]);
});
