// How many records stand how is asked by every page that is open, every few seconds.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Db, openDatabase } from "@/db/client";
import type { OfIntegration } from "@/db/queries/own-integration";
import { standingCounts } from "@/db/queries/standing-counts";
import { createTestDatabase } from "@/tests/support/test-database";

let db: Db;
let closeAll: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { max: 2 });
  db = opened.db;
  closeAll = async () => {
    await opened.close();
    await database.drop();
  };
});
afterAll(() => closeAll());
beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

async function failing(count: number): Promise<OfIntegration> {
  const [made] = await db.execute<OfIntegration>(sql`
    with w as (insert into workspaces (name) values ('W') returning id),
    c as (insert into connections (workspace_id, account_id, account_name, scopes, access_token, refresh_token, expires_at)
      select id, gen_random_uuid()::text, 'A', '{}', 'a', 'r', now() from w returning id, workspace_id)
    insert into integrations (workspace_id, connection_id) select workspace_id, id from c
    returning workspace_id as "workspaceId", id as "integrationId"`);
  if (!made) throw new Error("no integration was made");
  await db.execute(sql`
    insert into record_statuses (integration_id, side, record_id, status, reason)
    select ${made.integrationId}::uuid, 'hubspot', n::text, 'failing', 'field_rejected' from generate_series(1, ${count}::int) n`);
  return made;
}
const forgetOne = ({ integrationId }: OfIntegration) =>
  db.execute(
    sql`delete from record_statuses where integration_id = ${integrationId}::uuid and record_id = '1'`,
  );
const counted = async (of: OfIntegration) => {
  const { counts, reasons } = await standingCounts(db, of);
  return [counts.failing, reasons[0]?.count];
};

it("many are counted once for all who look within seconds", async () => {
  const many = await failing(10_000);
  expect(await counted(many)).toEqual([10_000, 10_000]);
  await forgetOne(many);
  expect(await counted(many)).toEqual([10_000, 10_000]);
  vi.advanceTimersByTime(10_000);
  expect(await counted(many)).toEqual([9_999, 9_999]);
});

it("few are counted for everybody who looks", async () => {
  const few = await failing(20);
  expect(await counted(few)).toEqual([20, 20]);
  await forgetOne(few);
  expect(await counted(few)).toEqual([19, 19]);
});

it("nobody of another workspace is shown what was counted", async () => {
  const many = await failing(10_000);
  await counted(many);
  expect(await counted({ ...many, workspaceId: crypto.randomUUID() })).toEqual([0, undefined]);
});
