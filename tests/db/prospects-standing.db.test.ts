// The status of the prospects table: what the filter finds is what the column shows, page after page, over all integrations.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDatabase } from "@/db/client";
import { countProspects, prospectsPageSelect } from "@/db/queries/prospects-page";
import { launchedIntegrations, prospectsStanding, worstFirst } from "@/db/queries/prospects-standing";
import { readProspects } from "@/services/prospects/read-prospects";
import { createTestDatabase } from "@/tests/support/test-database";

let db: Db;
let closeAll: () => Promise<void>;
let workspaceId: string;
let large: string;
const rows = 40_000;

beforeAll(async () => {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { max: 3 });
  db = opened.db;
  closeAll = async () => {
    await opened.close();
    await database.drop();
  };
  workspaceId = await workspace(300);
  large = await workspace(rows);
  // Each of the 25 ways to stand in two integrations, twelve times.
  await stand(workspaceId, await integration(workspaceId, "First"), sql`n % 5`);
  await stand(workspaceId, await integration(workspaceId, "Second"), sql`n / 5 % 5`);
  await integration(workspaceId, "Draft", "draft");
  await stand(large, await integration(large, "Large"), sql`case when n % 10000 = 7 then 1 else 0 end`);
  await db.execute(sql`vacuum analyze prospects, record_statuses, record_links, pending_records`);
});
afterAll(() => closeAll());

describe.each(worstFirst)("filtered by %s", (status) => {
  test("shows those whose worst status it is, once each, forwards and back, and counts them", async () => {
    const expected = [...(await allStanding())].filter(([, standing]) => standing.status === status);
    expect(expected.length).toBeGreaterThan(0);
    const seen: string[] = [];
    let page = await read({ sync: status });
    for (;;) {
      seen.push(...page.rows.map(({ id }) => id));
      expect(page.rows.every(({ standing }) => standing?.status === status)).toBe(true);
      expect(page.count).toBe(expected.length);
      if (!page.next) break;
      page = await read({ sync: status, after: `${page.next.id}~${page.next.key}` });
    }
    expect(seen).toHaveLength(expected.length);
    expect(new Set(seen)).toEqual(new Set(expected.map(([id]) => id)));
    if (page.previous) {
      const back = await read({ sync: status, before: `${page.previous.id}~${page.previous.key}` });
      expect(seen).toEqual(expect.arrayContaining(back.rows.map(({ id }) => id)));
    }
  });
});

test("says in which integration it is worst, and leaves out drafts", async () => {
  expect((await read({})).integrations).toBe(2);
  // Failing in the first, in sync in the second.
  expect((await read({ q: "number26" })).rows[0]?.standing).toEqual({
    status: "failing",
    accountName: "First",
  });
});

test("another workspace's integrations say nothing", async () => {
  const launched = await launchedIntegrations(db, large);
  expect(launched.map(({ accountName }) => accountName)).toEqual(["Large"]);
  const ids = (await read({})).rows.map(({ id }) => id);
  expect(await prospectsStanding(db, launched, ids)).toEqual(new Map());
});

test(`of ${rows} prospects the few failing ones are found by their status, and a page of the many others in the order of the table`, async () => {
  const launched = await launchedIntegrations(db, large);
  const integrationIds = launched.map(({ id }) => id);
  for (const status of ["failing", "in_sync"] as const) {
    const query = { search: "", listId: null, sort: "newest" as const, after: null, before: null, limit: 50 };
    const lines = await db.execute<{ "QUERY PLAN": string }>(
      sql`explain (analyze, costs off, timing off) ${prospectsPageSelect(db, large, { ...query, standing: { status, integrationIds } }).getSQL()}`,
    );
    const plan = lines.map((line) => line["QUERY PLAN"]).join("\n");
    expect(plan).not.toContain("Seq Scan on record_statuses");
    if (status === "in_sync") expect(plan).not.toContain("Sort Key");
  }
  const standing = { status: "failing" as const, integrationIds };
  expect(await countProspects(db, large, { search: "", listId: null, standing })).toBe(4);
});

const read = (input: Record<string, unknown>) => readProspects({ ctx: { db, workspaceId }, input });

async function allStanding() {
  const ids = await db.execute<{ id: string }>(
    sql`select id from prospects where workspace_id = ${workspaceId}`,
  );
  return prospectsStanding(
    db,
    await launchedIntegrations(db, workspaceId),
    ids.map(({ id }) => id),
  );
}

async function workspace(count: number): Promise<string> {
  const [made] = await db.execute<{ id: string }>(
    sql`insert into workspaces (name) values ('W') returning id`,
  );
  await db.execute(sql`insert into prospects (workspace_id, last_name, created_at)
    select ${made?.id}::uuid, 'Number' || n, now() - make_interval(secs => n / 10) from generate_series(1, ${count}::int) n`);
  return made?.id ?? "";
}

async function integration(of: string, name: string, state = "active"): Promise<string> {
  const [made] = await db.execute<{ id: string }>(sql`
    with c as (insert into connections (workspace_id, account_id, account_name, scopes, access_token, refresh_token, expires_at)
      values (${of}, ${name}, ${name}, '{}', 'a', 'r', now()) returning id)
    insert into integrations (workspace_id, connection_id, state) select ${of}::uuid, id, ${state} from c returning id`);
  return made?.id ?? "";
}

/** 0: in sync, 1: failing, 2: in conflict, 3: excluded, 4: not looked at. Every seventh waits, itself or its contact. */
async function stand(of: string, integrationId: string, how: ReturnType<typeof sql>): Promise<void> {
  await db.execute(sql`
    with p as (select id, n, ${how} as how from (
      select id, substr(last_name, 7)::int as n from prospects where workspace_id = ${of}) one),
    l as (insert into record_links (integration_id, prospect_id, contact_id)
      select ${integrationId}::uuid, id, 'c' || n from p),
    q as (insert into pending_records (integration_id, side, record_id)
      select ${integrationId}::uuid, 'snov', id::text from p where n % 14 = 0
      union all select ${integrationId}::uuid, 'hubspot', 'c' || n from p where n % 14 = 7)
    insert into record_statuses (integration_id, side, record_id, status)
    select ${integrationId}::uuid, 'snov', id::text, (array['in_sync', 'failing', 'in_conflict', 'excluded'])[how + 1]
    from p where how < 4`);
}
