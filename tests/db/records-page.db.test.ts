// The records of an integration by keyset: each is shown once, under every filter, and no page sorts what it does not show.
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDatabase } from "@/db/client";
import { recordCounts, statusCounts } from "@/db/queries/record-counts";
import type { RecordFilter } from "@/db/queries/record-filter";
import { type RecordsAfter, recordsPage, seenKeys, waitingKeys } from "@/db/queries/records-page";
import { createTestDatabase } from "@/tests/support/test-database";

let db: Db;
let closeAll: () => Promise<void>;
let small: Of;
let large: Of;
const rows = 40_000;
type Of = { workspaceId: string; integrationId: string };

beforeAll(async () => {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { max: 3 });
  db = opened.db;
  closeAll = async () => {
    await opened.close();
    await database.drop();
  };
  small = await integration();
  large = await integration();
  await insert(small, 240);
  await insert(large, rows);
  await db.execute(
    sql`vacuum analyze prospects, prospect_emails, record_statuses, record_links, pending_records`,
  );
});
afterAll(() => closeAll());

describe.each<[string, RecordFilter, number]>([
  // Every fourth prospect is failing, in conflict, or excluded; every tenth waits; five contacts are new.
  ["no filter", {}, 240 + 60 + 5],
  ["in sync", { status: "in_sync" }, 60],
  ["waiting", { status: "waiting" }, 24 + 5],
  ["failing", { status: "failing" }, 60],
  ["in conflict", { status: "in_conflict" }, 60],
  ["excluded", { status: "excluded" }, 60 + 60],
  ["one reason", { status: "excluded", reason: "direction" }, 60],
  ["a name", { search: "namé3" }, 24 + 6],
  ["an address", { search: "number117" }, 1],
  ["a name among those that wait", { status: "waiting", search: "name0" }, 24],
])("with %s", (_, filter, expected) => {
  test(`shows each of the ${expected} once, page after page`, async () => {
    const seen = await allOf(small, filter);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(expected);
  });

  test("shows nothing to another workspace", async () => {
    expect(await allOf({ ...small, workspaceId: large.workspaceId }, filter)).toEqual([]);
  });
});

const countsOf = async (of: Of) => await recordCounts(db, of, await statusCounts(db, of));

test("the counts say how many each filter shows", async () => {
  expect(await countsOf(small)).toEqual({
    all: 305,
    in_sync: 60,
    waiting: 29,
    failing: 60,
    in_conflict: 60,
    excluded: 120,
  });
  expect((await countsOf({ ...small, workspaceId: large.workspaceId })).all).toBe(0);
});

test("a pair shows both names, its reason, when it was last equal, and that its contact waits", async () => {
  const { records } = await recordsPage(db, small, {
    filter: { search: "number112" },
    after: null,
    limit: 5,
  });
  expect(records).toEqual([
    {
      side: "snov",
      recordId: expect.any(String),
      prospect: { name: "Name2 Number112", trashed: false },
      contact: { id: "c112", name: "Contact 112", email: null },
      status: "in_sync",
      reason: null,
      detail: {},
      at: expect.any(String),
      verifiedAt: expect.any(String),
      waitingSince: null,
    },
  ]);
  const waiting = await recordsPage(db, small, { filter: { search: "number120" }, after: null, limit: 5 });
  expect(waiting.records[0]).toMatchObject({ contact: { id: "c120" }, waitingSince: expect.any(String) });
});

describe(`of ${rows} records`, () => {
  test.each<[string, RecordFilter]>([
    ["all", {}],
    ["one status", { status: "in_conflict" }],
    ["one reason", { status: "failing", reason: "field_rejected" }],
  ])("a page of %s, the first or a deep one, walks down an index", async (_, filter) => {
    for (const after of [null, await middle()]) {
      const plan = await explain(seenKeys(large, { filter, after, limit: 51 }));
      expect(plan).toMatch(/Index (Only )?Scan .*using record_statuses_(status|reason)/);
      expect(plan).not.toMatch(/Seq Scan on record_statuses|Sort Key: s\.at/);
      expect(rowsRead(plan)).toBeLessThan(500);
    }
  });

  test("the queue is walked as well", async () => {
    const filter = { status: "waiting" } as const;
    const plan = await explain(waitingKeys(large, { filter, after: null, limit: 51 }));
    expect(plan).toContain("pending_records_record");
    expect(plan).not.toContain("Seq Scan on pending_records");
  });

  test("a rare name is found by the word indexes", async () => {
    const plan = await explain(
      seenKeys(large, { filter: { search: "number31410" }, after: null, limit: 51 }),
    );
    expect(plan).toMatch(/prospects_search/);
    expect(plan).toMatch(/record_statuses_contact/);
    const { records } = await recordsPage(db, large, {
      filter: { search: "number31410" },
      after: null,
      limit: 50,
    });
    expect(records).toHaveLength(1);
  });
});

async function allOf(of: Of, filter: RecordFilter): Promise<string[]> {
  const seen: string[] = [];
  let after: RecordsAfter | null = null;
  do {
    const page: Awaited<ReturnType<typeof recordsPage>> = await recordsPage(db, of, {
      filter,
      after,
      limit: 7,
    });
    seen.push(...page.records.map(({ side, recordId }) => `${side} ${recordId}`));
    after = page.next;
  } while (after);
  return seen;
}

async function middle(): Promise<RecordsAfter> {
  const [row] = await db.execute<{ at: string; record_id: string }>(sql`
    select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, record_id from record_statuses
    where integration_id = ${large.integrationId} order by at, record_id offset ${rows / 2} limit 1`);
  return { at: row?.at ?? "", side: "snov", recordId: row?.record_id ?? "" };
}

async function explain(statement: SQL): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
    const lines = await tx.execute<{ "QUERY PLAN": string }>(
      sql`explain (analyze, costs off, timing off, summary off) ${statement}`,
    );
    return lines.map((line) => line["QUERY PLAN"]).join("\n");
  });
}

/** Of the widest index scan. */
function rowsRead(plan: string): number {
  return Math.max(
    ...[...plan.matchAll(/Index (?:Only )?Scan.*rows=([\d.]+)/g)].map(([, count]) => Number(count)),
  );
}

async function integration(): Promise<Of> {
  const [made] = await db.execute<{ workspace_id: string; id: string }>(sql`
    with w as (insert into workspaces (name) values ('W') returning id),
    c as (insert into connections (workspace_id, account_id, account_name, scopes, access_token, refresh_token, expires_at)
      select id, gen_random_uuid()::text, 'A', '{}', 'a', 'r', now() from w returning id, workspace_id)
    insert into integrations (workspace_id, connection_id) select workspace_id, id from c returning workspace_id, id`);
  return { workspaceId: made?.workspace_id ?? "", integrationId: made?.id ?? "" };
}

/** Hundreds share one instant, as a page of the engine leaves them. */
async function insert({ workspaceId, integrationId }: Of, count: number): Promise<void> {
  await db.execute(sql`
    with p as (
      insert into prospects (workspace_id, first_name, last_name)
      select ${workspaceId}::uuid, 'Name' || n % 10, 'Number' || n from generate_series(1, ${count}::int) n
      returning id, substr(last_name, 7)::int as n),
    e as (insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary)
      select id, ${workspaceId}::uuid, a, a, true from p, lateral (select 'number' || n || '_@' || id || '.example' as a)),
    l as (insert into record_links (integration_id, prospect_id, contact_id)
      select ${integrationId}::uuid, id, 'c' || n from p),
    q as (insert into pending_records (integration_id, side, record_id)
      select ${integrationId}::uuid, 'hubspot', 'c' || n from p where n % 10 = 0
      union all select ${integrationId}::uuid, 'snov', id::text from p where n % 20 = 0
      union all select ${integrationId}::uuid, 'hubspot', 'new' || n from generate_series(1, 5) n)
    insert into record_statuses (integration_id, side, record_id, status, reason, at, verified_at, contact_name)
    select ${integrationId}::uuid, 'snov', id::text, (array['in_sync', 'failing', 'in_conflict', 'excluded'])[n % 4 + 1],
      (array[null, 'field_rejected', null, 'no_email'])[n % 4 + 1],
      now() - make_interval(secs => n / 500), now(), 'Contact ' || n from p
    union all
    select ${integrationId}::uuid, 'hubspot', 'only' || n, 'excluded', 'direction', now() - make_interval(secs => n / 500),
      null, 'Name' || n % 10 || ' Only' from generate_series(1, ${count}::int / 4) n`);
}
