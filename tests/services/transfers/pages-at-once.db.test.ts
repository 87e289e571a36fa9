// While HubSpot takes its time with one page others are under way, and what is saved of them is exact all the same.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { recordLinks } from "@/db/schema/sync";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { hasRoom } from "@/services/transfers/has-room";
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

type Slowness = { ms: number; failing?: string; until?: number };

/**
 * Calls for contacts take so long, and the one about this address fails; returns how many were under way at once at most.
 * `until`: once four pages have read and written, no call is answered before so many wait, on a machine that is busy as well.
 */
function slowly({ ms, failing, until = 0 }: Slowness) {
  const send = globalThis.fetch;
  const seen = { calls: 0, now: 0, most: 0 };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!String(url).includes("/contacts/batch/")) return await send(url, init);
    seen.calls += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    const fails = failing !== undefined && String(init?.body).includes(`"${failing}"`);
    const isHeld = seen.calls > 2 * 4;
    const begun = performance.now();
    do await new Promise((resolve) => setTimeout(resolve, ms));
    while (isHeld && seen.most < until && performance.now() - begun < 10_000);
    seen.now -= 1;
    return fails ? new Response("{}", { status: 503 }) : await send(url, init);
  });
  return seen;
}

async function started(prospects: number, at = "slow.example"): Promise<string> {
  await world.db.execute(sql`
    with made as (
      insert into prospects (workspace_id, first_name)
      select ${world.ctx.workspaceId}::uuid, 'First ' || n from generate_series(1, ${prospects}::int) n
      returning id, substring(first_name from 7) as n)
    insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary, position, live)
    select id, ${world.ctx.workspaceId}::uuid, 'p' || n || '@' || ${at}::text, 'p' || n || '@' || ${at}::text, true, 0, true from made`);
  const { runId } = await startPreview({
    ctx: world.ctx,
    input: { integrationId: world.integrationId, fromSnov: true, fromHubspot: false },
  });
  return runId;
}

/** Of whom a preview reads at this place. */
async function addressAt(place: number): Promise<string> {
  const [row] = await world.db.execute<{ email: string }>(sql`
    select email from prospect_emails order by prospect_id offset ${place - 1} limit 1`);
  return row?.email ?? "";
}

const goesOnForLong = () =>
  world.db.execute(sql`update transfers set resumed_at = now() - interval '11 seconds'`);

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
    slowly({ ms: 20, failing: await addressAt(250) });
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
    await goesOnForLong();
    const seen = slowly({ ms: 300, until: 5 });
    await work(runId, "finished");
    expect(seen.most).toBeGreaterThan(4);
    expect(seen.most).toBeLessThanOrEqual(12);
    expect((await transferOf(world, runId)).done).toEqual({ created: 1500 });
    expect(await world.db.$count(recordLinks)).toBe(1500);
  });

  it("go on beside one to which HubSpot gives no answer once: that one is done again, and all stay full", async () => {
    const runId = await started(900, "once.example");
    await work(runId, "previewed");
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const send = globalThis.fetch;
    const sizes: number[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      if (!String(url).includes("/contacts/batch/create")) return await send(url, init);
      sizes.push(JSON.parse(String(init?.body)).inputs.length);
      // Done, and not heard of.
      const answer = await send(url, init);
      return sizes.length === 3 ? new Response("{}", { status: 502 }) : answer;
    });
    // A step that failed would throw.
    await work(runId, "finished");
    expect(sizes).toEqual(Array(9).fill(100));
    expect(await transferOf(world, runId)).toMatchObject({ done: { created: 900 }, hindered: null });
    expect(await world.db.$count(recordLinks)).toBe(900);
  });

  it("are four while it goes on for less than HubSpot's window, whose calls tell nothing yet", async () => {
    const runId = await started(1);
    await work(runId, "previewed");
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await world.db.execute(sql`delete from rate_slots`);
    expect(await hasRoom(world.db, runId)).toBe(false);
    await goesOnForLong();
    expect(await hasRoom(world.db, runId)).toBe(true);
  });
});
