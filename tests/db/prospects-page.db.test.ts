// Keyset paging: every row is visited once, in order, while others are inserted; and no page sorts the table.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDatabase } from "@/db/client";
import {
  countProspects,
  type ProspectCursor,
  type ProspectSort,
  prospectSorts,
  prospectsPage,
  prospectsPageSelect,
} from "@/db/queries/prospects-page";
import { createTestDatabase } from "@/tests/support/test-database";

let db: Db;
let closeAll: () => Promise<void>;
let small: string;
let large: string;
const rows = 50_000;

beforeAll(async () => {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { max: 3 });
  db = opened.db;
  closeAll = async () => {
    await opened.close();
    await database.drop();
  };
  small = await workspace();
  large = await workspace();
  await insert(small, 230);
  await insert(large, rows);
  await db.execute(sql`vacuum analyze prospects, prospect_emails`);
});
afterAll(() => closeAll());

const query = {
  search: "",
  sort: "newest" as ProspectSort,
  listId: null,
  standing: null,
  after: null as ProspectCursor | null,
  before: null as ProspectCursor | null,
  limit: 50,
};

describe.each(prospectSorts)("sorted by %s", (sort) => {
  test("visits each row once going forward while rows are inserted, and the same rows going back", async () => {
    const before = new Set(await idsOf(small));
    const seen: string[] = [];
    let page = await prospectsPage(db, small, { ...query, sort });
    expect(page.previous).toBeNull();
    for (;;) {
      seen.push(...page.rows.map(({ id }) => id));
      if (!page.next) break;
      await insert(small, 3);
      page = await prospectsPage(db, small, { ...query, sort, after: page.next });
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...before].filter((id) => !seen.includes(id))).toEqual([]);

    const back: string[] = [...page.rows.map(({ id }) => id)];
    while (page.previous) {
      page = await prospectsPage(db, small, { ...query, sort, before: page.previous });
      back.unshift(...page.rows.map(({ id }) => id));
    }
    expect(new Set(back).size).toBe(back.length);
    expect([...before].filter((id) => !back.includes(id))).toEqual([]);
  });

  test(`the first page and a deep one of ${rows} rows read the index in order`, async () => {
    for (const after of [null, await middle(sort)]) {
      const plan = await explain(large, { ...query, sort, after });
      expect(plan).toMatch(new RegExp(`Index (Only )?Scan .*using prospects_${sort}`));
      expect(plan).not.toMatch(/Sort|Seq Scan on prospects/);
    }
  });
});

describe("search", () => {
  test("finds beginnings of words in name, e-mail and company, without accents or case", async () => {
    const ws = await workspace();
    await db.execute(sql`with p as (
      insert into prospects (workspace_id, first_name, last_name, company)
      values (${ws}, 'João', 'D''Ávila', 'Padaria São Jorge') returning id)
      insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary)
      select id, ${ws}, 'JD@exemplo.com.br', 'jd@exemplo.com.br', true from p`);
    for (const search of ["joao", "JOÃO d'avi", "sao jor", "jd@exemplo.com.br", "exemplo", "avila padaria"]) {
      expect((await prospectsPage(db, ws, { ...query, search })).rows, search).toHaveLength(1);
    }
    for (const search of ["oao", "joana", "jd@other.com"]) {
      expect((await prospectsPage(db, ws, { ...query, search })).rows, search).toHaveLength(0);
    }
    expect((await prospectsPage(db, ws, { ...query, search: " --'; " })).rows).toHaveLength(1);
    expect((await prospectsPage(db, small, { ...query, search: "joao" })).rows).toHaveLength(0);
  });

  test("follows an e-mail that is added, changed and removed by any writer", async () => {
    const ws = await workspace();
    await insert(ws, 1);
    const found = async (search: string) => (await prospectsPage(db, ws, { ...query, search })).rows.length;
    await db.execute(sql`update prospect_emails set email = 'x@moved.org', match_key = 'x@moved.org'
      where workspace_id = ${ws}`);
    expect([await found("moved.org"), await found("mail0.example")]).toEqual([1, 0]);
    await db.execute(sql`delete from prospect_emails where workspace_id = ${ws}`);
    expect(await found("moved.org")).toBe(0);
  });

  test("asks the word index for a rare word", async () => {
    const plan = await explain(large, { ...query, search: "number31415" });
    expect(plan).toContain("prospects_search");
    expect(plan).not.toContain("Seq Scan on prospects");
    expect((await prospectsPage(db, large, { ...query, search: "number31415" })).rows).toHaveLength(1);
  });
});

test("another workspace's list shows nothing", async () => {
  const list = await db.execute<{ id: string }>(
    sql`insert into prospect_lists (workspace_id, name) values (${small}, 'L') returning id`,
  );
  const listId = list[0]?.id ?? "";
  await db.execute(sql`insert into list_members (list_id, prospect_id)
    select ${listId}::uuid, id from prospects where workspace_id = ${small} limit 7`);
  expect((await prospectsPage(db, small, { ...query, listId })).rows).toHaveLength(7);
  expect((await prospectsPage(db, large, { ...query, listId })).rows).toHaveLength(0);
  expect(await countProspects(db, small, { search: "", listId, standing: null })).toBe(7);
});

test("counting stops beyond ten thousand", async () => {
  expect(await countProspects(db, large, { search: "", listId: null, standing: null })).toBe(10_001);
});

async function workspace(): Promise<string> {
  const made = await db.execute<{ id: string }>(sql`insert into workspaces (name) values ('W') returning id`);
  return made[0]?.id ?? "";
}

/** Many share one instant and one name, so that ties are broken by the id. */
async function insert(workspaceId: string, count: number): Promise<void> {
  await db.execute(sql`with p as (
    insert into prospects (workspace_id, first_name, last_name, company, created_at, updated_at)
    select ${workspaceId}, 'Name' || n % 7, 'Number' || n, 'Company' || n % 100,
      now() - make_interval(secs => n / 10), now() - make_interval(secs => n / 10)
    from generate_series(0, ${count}::int - 1) n returning id, last_name)
    insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary)
    select id, ${workspaceId}, lower(last_name) || '_' || id || '@mail0.example',
      lower(last_name) || '_' || id || '@mail0.example', true from p`);
}

async function idsOf(workspaceId: string): Promise<string[]> {
  const found = await db.execute<{ id: string }>(
    sql`select id from prospects where workspace_id = ${workspaceId}`,
  );
  return found.map(({ id }) => id);
}

async function middle(sort: ProspectSort): Promise<ProspectCursor> {
  const column = { newest: "created_at", updated: "updated_at", name: "sort_name" }[sort];
  const found = await db.execute<ProspectCursor>(sql`select ${sql.raw(column)}::text as key, id from prospects
    where workspace_id = ${large} order by ${sql.raw(column)}, id offset ${rows / 2} limit 1`);
  if (!found[0]) throw new Error("no middle");
  return found[0];
}

async function explain(workspaceId: string, asked: typeof query): Promise<string> {
  const lines = await db.execute<{ "QUERY PLAN": string }>(
    sql`explain ${prospectsPageSelect(db, workspaceId, asked).getSQL()}`,
  );
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}
