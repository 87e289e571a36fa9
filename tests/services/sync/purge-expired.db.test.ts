// What has served its purpose goes by itself, batch by batch; what still tells something stays.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { untoldChanges } from "@/db/schema/journal";
import { notices } from "@/db/schema/notices";
import { type RunOutcome, runItems, runs } from "@/db/schema/runs";
import { changeNotices } from "@/db/schema/sync";
import { transfers } from "@/db/schema/transfers";
import { purgeExpired } from "@/services/sync/purge-expired";
import { noPreview } from "@/services/transfers/preview-counts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
beforeEach(() => world.db.delete(runs));
afterAll(() => world.close());

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
const outcomes: RunOutcome[] = ["equal", "excluded", "repaired", "in_conflict", "failing", "waiting"];

/** With one record of each outcome. */
async function run(started: number, ended: number | null): Promise<string> {
  const [row] = await world.db
    .insert(runs)
    .values({
      integrationId: world.integrationId,
      kind: "reconcile",
      state: ended === null ? "running" : "finished",
      counts: { compared: 6, equal: 1 },
      startedAt: daysAgo(started),
      finishedAt: ended === null ? null : daysAgo(ended),
    })
    .returning({ id: runs.id });
  const runId = row?.id ?? "";
  await world.db
    .insert(runItems)
    .values(outcomes.map((outcome) => ({ runId, side: "snov" as const, recordId: outcome, outcome })));
  return runId;
}

async function transfer(ended: number, undoes: string | null): Promise<string> {
  const at = daysAgo(ended);
  const { integrationId } = world;
  const [row] = await world.db
    .insert(runs)
    .values({ integrationId, kind: "transfer", state: "finished", startedAt: at, finishedAt: at })
    .returning({ id: runs.id });
  const runId = row?.id ?? "";
  const all = { kind: "all" as const };
  await world.db.insert(transfers).values({
    runId,
    fromSnov: true,
    fromHubspot: true,
    prospects: all,
    contacts: all,
    preview: noPreview,
    undoes,
  });
  return runId;
}
const left = async (runId: string) =>
  (await world.db.select().from(runItems).where(eq(runItems.runId, runId)))
    .map(({ outcome }) => outcome)
    .sort();
const isThere = async (runId: string) => (await world.db.$count(runs, eq(runs.id, runId))) === 1;
const differences = ["failing", "in_conflict", "repaired", "waiting"];

it("keeps of earlier runs their counts and what differed, and all of the newest and of the one under way", async () => {
  const earlier = await run(2, 2);
  const newest = await run(1, 1);
  const underWay = await run(0, null);
  await purgeExpired(world.ctx, 2);
  expect(await left(earlier)).toEqual(differences);
  expect((await world.db.select().from(runs).where(eq(runs.id, earlier)))[0]?.counts).toEqual({
    compared: 6,
    equal: 1,
  });
  expect(await left(newest)).toEqual([...outcomes].sort());
  expect(await left(underWay)).toEqual([...outcomes].sort());
});

it("removes runs that ended more than 90 days ago, with all they told, but never an integration's newest", async () => {
  const [old, recent, newest] = [await run(92, 91), await run(90, 89), await run(1, 1)];
  await purgeExpired(world.ctx, 2);
  expect([await isThere(old), await left(old)]).toEqual([false, []]);
  expect([await isThere(recent), await left(recent)]).toEqual([true, differences]);
  expect(await isThere(newest)).toBe(true);
});

it("keeps a transfer as long as the undo that goes by it, which would be taken for a transfer without it", async () => {
  const undone = await transfer(95, null);
  const other = await transfer(94, null);
  const undo = await transfer(1, undone);
  await purgeExpired(world.ctx, 2);
  expect([await isThere(undone), await isThere(other)]).toEqual([true, false]);
  expect(
    await world.db.select({ undoes: transfers.undoes }).from(transfers).where(eq(transfers.runId, undo)),
  ).toEqual([{ undoes: undone }]);
  await world.db
    .update(runs)
    .set({ startedAt: daysAgo(93), finishedAt: daysAgo(92) })
    .where(eq(runs.id, undo));
  const newest = await transfer(0, null);
  await purgeExpired(world.ctx, 2);
  await purgeExpired(world.ctx, 2);
  expect([await isThere(undone), await isThere(undo), await isThere(newest)]).toEqual([false, false, true]);
});

it("leaves the newest of an integration that was not compared for long", async () => {
  const only = await run(400, 399);
  await purgeExpired(world.ctx, 2);
  expect([await isThere(only), (await left(only)).length]).toEqual([true, outcomes.length]);
});

it("removes notices of more than a week ago, however many, and no others", async () => {
  await world.db.execute(sql`
    insert into change_notices (dedupe_key, account_id, kind, occurred_at, received_at)
    select 'n' || n, '1', 'contact.creation', now(), now() - make_interval(days => n) from generate_series(1, 20) n`);
  await world.db.execute(sql`
    insert into untold_changes (way, account_id, dedupe_key, brought, occurred_at, found_at)
    select 'journal', '1', 'n' || n, true, now(), now() - make_interval(days => n) from generate_series(1, 20) n`);
  await purgeExpired(world.ctx, 3);
  for (const table of [changeNotices, untoldChanges])
    expect((await world.db.select().from(table)).map(({ dedupeKey }) => dedupeKey).sort()).toEqual([
      "n1",
      "n2",
      "n3",
      "n4",
      "n5",
      "n6",
    ]);
});

it("removes what people were told once it has been over for 90 days, however long it lasted, and keeps what is still so", async () => {
  await world.db.execute(sql`
    insert into notices (workspace_id, integration_id, kind, params, raised_at, ended_at)
    select ${world.ctx.workspaceId}::uuid, ${world.integrationId}::uuid, x.kind, jsonb_build_object('count', x.raised),
      now() - make_interval(days => x.raised), now() - make_interval(days => x.ended)
    from (values ('fuse_blown', 200, 91), ('fuse_blown', 201, 89), ('fuse_blown', 92, 0), ('records_failing', 91, null),
      ('transfer_ended', 91, null)) x(kind, raised, ended)`);
  await purgeExpired(world.ctx, 1);
  const left = await world.db.select({ kind: notices.kind, params: notices.params }).from(notices);
  expect(left.map(({ kind, params }) => [kind, params.count]).sort()).toEqual([
    ["fuse_blown", 201],
    ["fuse_blown", 92],
    ["records_failing", 91],
  ]);
});
