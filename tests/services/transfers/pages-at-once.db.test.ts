// While HubSpot takes its time with one page others are under way, and what is saved of them is exact all the same.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { recordLinks } from "@/db/schema/sync";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { workTransfer } from "@/services/transfers/work-transfer";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, transferOf } from "./transfer";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.db.update(integrations).set({ existingLinkedAt: new Date() });
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await world.db.execute(sql`truncate prospects, run_items, runs cascade`);
});

/** Calls for contacts take so long, and the one of this number fails; returns how many were under way at once at most. */
function slowly({ ms, failing }: { ms: number; failing?: number }) {
  const send = globalThis.fetch;
  const seen = { calls: 0, now: 0, most: 0 };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!String(url).includes("/contacts/batch/")) return await send(url, init);
    seen.calls += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    const fails = seen.calls === failing;
    await new Promise((resolve) => setTimeout(resolve, ms));
    seen.now -= 1;
    return fails ? new Response("{}", { status: 503 }) : await send(url, init);
  });
  return seen;
}

async function started(prospects: number): Promise<string> {
  await world.db.execute(sql`
    with made as (
      insert into prospects (workspace_id, first_name)
      select ${world.ctx.workspaceId}::uuid, 'First ' || n from generate_series(1, ${prospects}::int) n
      returning id, substring(first_name from 7) as n)
    insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary, position, live)
    select id, ${world.ctx.workspaceId}::uuid, 'p' || n || '@slow.example', 'p' || n || '@slow.example', true, 0, true from made`);
  const { runId } = await startPreview({
    ctx: world.ctx,
    input: { integrationId: world.integrationId, fromSnov: true, fromHubspot: false },
  });
  return runId;
}

async function work(runId: string, until: string): Promise<void> {
  while ((await transferOf(world, runId)).state !== until) await workTransfer(world.ctx, runId);
}

describe("pages of a preview (Verifies: R-51)", () => {
  it("are read while those before them are, and shown once each", async () => {
    const runId = await started(650);
    const seen = slowly({ ms: 300 });
    await work(runId, "previewed");
    expect(seen.most).toBeGreaterThan(1);
    expect(await itemsOf(world, runId)).toHaveLength(650);
    expect((await transferOf(world, runId)).preview).toMatchObject({ seen: 650, create: { hubspot: 650 } });
  });

  it("are saved up to the one that HubSpot gives no answer to, and read again from there", async () => {
    const runId = await started(450);
    slowly({ ms: 20, failing: 3 });
    await expect(workTransfer(world.ctx, runId)).rejects.toMatchObject({ kind: "transient" });
    expect((await transferOf(world, runId)).preview.seen).toBe(200);
    vi.restoreAllMocks();
    await work(runId, "previewed");
    expect((await transferOf(world, runId)).preview).toMatchObject({ seen: 450, create: { hubspot: 450 } });
    expect(await itemsOf(world, runId)).toHaveLength(450);
  });
});

describe("pages of a transfer (Verifies: R-53)", () => {
  it("are more than four where HubSpot's answers are slow and its limit is left unused, and do each record once", async () => {
    const runId = await started(1500);
    await work(runId, "previewed");
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const seen = slowly({ ms: 700 });
    await work(runId, "finished");
    expect(seen.most).toBeGreaterThan(4);
    expect(seen.most).toBeLessThanOrEqual(12);
    expect((await transferOf(world, runId)).done).toEqual({ created: 1500 });
    expect(await world.db.$count(recordLinks)).toBe(1500);
  });
});
