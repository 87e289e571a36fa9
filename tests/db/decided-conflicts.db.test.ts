// What one person decided is found without walking through what everybody else did.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDatabase } from "@/db/client";
import { decidedPage, decidedSelect } from "@/db/queries/decided-conflicts";
import { createTestDatabase } from "@/tests/support/test-database";

let db: Db;
let closeAll: () => Promise<void>;
const others = 20_000;
const [workspace, connection, integration] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const [ana, ben] = [crypto.randomUUID(), crypto.randomUUID()];
const ofAna = 3;

beforeAll(async () => {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { max: 2 });
  db = opened.db;
  closeAll = async () => {
    await opened.close();
    await database.drop();
  };
  await db.execute(sql`insert into workspaces (id, name) values (${workspace}, 'Large')`);
  await db.execute(sql`insert into users (id, email, name) values
    (${ana}, 'ana@example.com', 'Ana'), (${ben}, 'ben@example.com', 'Ben')`);
  await db.execute(sql`insert into connections (id, workspace_id, account_id, account_name, scopes, access_token, refresh_token, expires_at)
    values (${connection}, ${workspace}, '1', 'Account', '{}', 'a', 'r', now())`);
  await db.execute(sql`insert into integrations (id, workspace_id, connection_id, state, launched_at)
    values (${integration}, ${workspace}, ${connection}, 'active', now())`);
  // Ana's are the oldest: whoever walks from the latest passes all of Ben's first.
  await db.execute(sql`insert into conflicts
      (integration_id, side, record_id, resolution, resolved_by, resolved_at, outcome, closed_at)
    select ${integration}, 'snov', gen_random_uuid()::text, '{"choice": {"kind": "leave"}}',
      case when n <= ${ofAna} then ${ana}::uuid else ${ben}::uuid end,
      now() - make_interval(mins => ${others} - n), 'applied', now()
    from generate_series(1, ${others}) n`);
  await db.execute(sql`vacuum analyze conflicts`);
});
afterAll(() => closeAll());

test("a person's decisions are read from an index of their own", async () => {
  const select = decidedSelect(integration, { userId: ana }, null, sql`c.id`);
  const lines = await db.execute<{ "QUERY PLAN": string }>(
    sql`explain (analyze, costs off, timing off) ${select} limit 51`,
  );
  const plan = lines.map((line) => line["QUERY PLAN"]).join("\n");
  expect(plan).toContain("conflicts_decided_by");
  expect(plan).not.toContain("Rows Removed by Filter");
  expect(plan).not.toContain("Sort Key");
});

test("they are those of the person alone, the latest first", async () => {
  const page = await decidedPage(db, integration, { userId: ana }, { after: null, limit: 50 });
  expect(page.conflicts).toHaveLength(ofAna);
  expect(page.conflicts.every(({ resolvedById }) => resolvedById === ana)).toBe(true);
  const times = page.conflicts.map(({ resolvedAt }) => resolvedAt);
  expect(times).toEqual(times.toSorted().reverse());
  expect(page.next).toBeNull();
});
