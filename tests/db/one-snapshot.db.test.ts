// What is added between the two statements of a look is in none of them: no row of the looks after it is told twice.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Db, openDatabase } from "@/db/client";
import { activitiesPage } from "@/db/queries/activities-page";
import { decidedPage } from "@/db/queries/decided-conflicts";
import { beforeStatement } from "@/tests/support/between-statements";
import { createTestDatabase } from "@/tests/support/test-database";

let db: Db;
let open: () => Db;
let closeAll: () => Promise<void>;
const [workspace, connection, integration, ana] = Array.from({ length: 4 }, () => crypto.randomUUID());
const of = { workspaceId: workspace ?? "", integrationId: integration ?? "" };

beforeAll(async () => {
  const database = await createTestDatabase();
  const opened: ReturnType<typeof openDatabase>[] = [];
  open = () => {
    const another = openDatabase(database.url, { max: 2 });
    opened.push(another);
    return another.db;
  };
  db = open();
  closeAll = async () => {
    for (const { close } of opened) await close();
    await database.drop();
  };
  await db.execute(sql`insert into workspaces (id, name) values (${workspace}, 'Large')`);
  await db.execute(sql`insert into users (id, email, name) values (${ana}, 'ana@example.com', 'Ana')`);
  await db.execute(sql`insert into connections (id, workspace_id, account_id, account_name, scopes, access_token, refresh_token, expires_at)
    values (${connection}, ${workspace}, '1', 'Account', '{}', 'a', 'r', now())`);
  await db.execute(sql`insert into integrations (id, workspace_id, connection_id, state, launched_at)
    values (${integration}, ${workspace}, ${connection}, 'active', now())`);
});
afterAll(() => closeAll());

/** Reads to the end, while `act` happens between a look and the statement that asks where it ended. */
async function walk<T, Cursor>(
  act: () => Promise<unknown>,
  page: (from: Db, after: Cursor | null) => Promise<{ rows: T[]; next: Cursor | null }>,
): Promise<T[]> {
  const reader = open();
  let acted = 0;
  beforeStatement(reader, /\boffset\b/, async () => {
    acted += 1;
    await act();
  });
  const seen: T[] = [];
  let after: Cursor | null = null;
  do {
    const { rows, next } = await page(reader, after);
    seen.push(...rows);
    after = next;
  } while (after);
  expect(acted).toBe(1);
  return seen;
}

describe("rows that are added while somebody reads (Verifies: R-78)", () => {
  it("give no activity twice", async () => {
    const add = (count: number) =>
      db.execute(sql`
        insert into activities (workspace_id, integration_id, side, kind, record_name, changes, cause, at)
        select ${workspace}::uuid, ${integration}::uuid, 'hubspot', 'contact/edited', 'Many',
          '[{"field": "many", "label": "Many", "before": null, "after": "x"}]', '{"kind": "sync", "from": "snov"}',
          clock_timestamp() from generate_series(1, ${count}::int)`);
    await add(5_000);
    const seen = await walk<number, { at: string; id: number }>(
      () => add(10),
      async (from, after) => {
        const { activities, next } = await activitiesPage(from, of, {}, { after, limit: 10_000 });
        return { rows: activities.map(({ id }) => id), next };
      },
    );
    expect(seen).toHaveLength(5_000);
    expect(new Set(seen).size).toBe(5_000);
  });

  it("give no decision twice", async () => {
    // Of 5,100 decisions, the latest first, those from 4,996 to 5,000 are of the name that is asked for.
    const add = (count: number) =>
      db.execute(sql`
        insert into conflicts (integration_id, side, record_id, resolution, resolved_by, resolved_at, outcome, closed_at, detail)
        select ${integration}, 'snov', gen_random_uuid()::text, '{"choice": {"kind": "leave"}}', ${ana}::uuid,
          clock_timestamp() - make_interval(mins => n), 'applied', now(),
          jsonb_build_object('recordName', case when n between 4996 and 5000 then 'Rare' else 'Many' end)
        from generate_series(1, ${count}::int) n`);
    await add(5_100);
    const seen = await walk<string, { resolvedAt: string; id: string }>(
      () => add(10),
      async (from, after) => {
        const filter = { search: "rare" };
        const { conflicts, next } = await decidedPage(from, of.integrationId, filter, { after, limit: 50 });
        return { rows: conflicts.map(({ id }) => id), next };
      },
    );
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });
});
