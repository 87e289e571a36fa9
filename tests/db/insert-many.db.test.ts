// Rows that go to the database as one parameter are what they would be as many.
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertMany } from "@/db/insert-many";
import { activities, seenContacts } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

it("gives each row what it says, and its default where it says nothing", async () => {
  const { db, ctx, integrationId } = world;
  const common = {
    workspaceId: ctx.workspaceId,
    integrationId,
    cause: { kind: "sync", from: "snov" },
  } as const;
  const at = new Date("2026-01-02T03:04:05.678Z");
  const changes = [{ field: "job_title", label: 'Job "title"', before: null, after: "C\\O\n" }];
  await db.transaction((tx) =>
    insertMany(tx, activities, [
      { ...common, kind: "prospect/edited", at, changes, latencyMs: 1200 },
      { ...common, kind: "prospect/created", recordName: null, latencyMs: undefined },
    ]),
  );
  const rows = await db
    .select()
    .from(activities)
    .where(eq(activities.integrationId, integrationId))
    .orderBy(asc(activities.kind));
  expect(rows.slice(-2)).toMatchObject([
    { ...common, kind: "prospect/created", recordName: null, changes: [], latencyMs: null },
    { ...common, kind: "prospect/edited", changes, latencyMs: 1200, at },
  ]);
  expect(Date.now() - (rows.at(-2)?.at.getTime() ?? 0)).toBeLessThan(60_000);
});

it("does what is said where a row is there already, and nothing without rows", async () => {
  const { db, integrationId } = world;
  const seen = (day: number) => ({ integrationId, contactId: "1", contactUpdatedAt: new Date(2026, 0, day) });
  const onConflict = sql`on conflict (integration_id, contact_id) do update set contact_updated_at = excluded.contact_updated_at`;
  for (const rows of [[seen(1)], [seen(2)], []])
    await db.transaction((tx) => insertMany(tx, seenContacts, rows, onConflict));
  expect(await db.select().from(seenContacts)).toEqual([seen(2)]);
});
