import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { migrateDatabase } from "@/db/migrate";

/** A fresh, migrated database on the server that `TEST_DATABASE_URL` names. */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error("TEST_DATABASE_URL is not set: run the tests with `npm test`");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(server, async (sql) => {
    await makeTemplate(sql, server);
    await sql.unsafe(`create database ${name} template ${template}`);
  });
  return {
    url: urlOf(server, name),
    drop: () => onServer(server, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  };
}

const template = "migrated";

/** The migrations run once for all tests. One process makes the template, others wait for it. */
async function makeTemplate(sql: postgres.Sql, server: string): Promise<void> {
  await sql`select pg_advisory_lock(7301)`;
  const [made] = await sql`select 1 from pg_database where datname = ${template}`;
  if (!made) {
    const unfinished = `${template}_unfinished`;
    await sql.unsafe(`drop database if exists ${unfinished} with (force)`);
    await sql.unsafe(`create database ${unfinished}`);
    await migrateDatabase(urlOf(server, unfinished));
    await sql.unsafe(`alter database ${unfinished} rename to ${template}`);
  }
  await sql`select pg_advisory_unlock(7301)`;
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(url: string, act: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await act(sql);
  } finally {
    await sql.end();
  }
}
