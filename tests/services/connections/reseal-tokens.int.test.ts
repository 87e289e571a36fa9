// The command as people run it, on a database of many accounts: killed in the middle, called again, called too early.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { eq, ne, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { workspaces } from "@/db/schema/workspaces";
import { parseSealKeys, seal, unseal } from "@/lib/seal";
import { type Resealed, resealTokens } from "@/services/connections/reseal-tokens";
import { waitingForLocks } from "@/tests/support/lock-waits";
import { createTestDatabase } from "@/tests/support/test-database";
import { untilTrue } from "@/tests/support/until-true";

const COUNT = 1000;
const [key1, key2, key3] = [1, 2, 3].map((version) => `${version}:${randomBytes(32).toString("base64")}`);
const old = parseSealKeys(`${key1}`);
const both = parseSealKeys(`${key2},${key1}`);

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let opened: ReturnType<typeof openDatabase>;
let workspaceId: string;
/** Where a product ran that was stopped: connections to it are refused. */
let nothingThere: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  opened = openDatabase(database.url, { max: 4 });
  const [workspace] = await opened.db.insert(workspaces).values({ name: "Sales" }).returning();
  workspaceId = workspace?.id ?? "";
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  nothingThere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(async () => {
  await opened.db.delete(connections);
  const rows = Array.from({ length: COUNT }, (_, nr) => ({
    workspaceId,
    accountId: String(nr),
    accountName: `account ${nr}`,
    scopes: [],
    accessToken: seal(`access ${nr}`, contextOf(nr), old),
    refreshToken: seal(`refresh ${nr}`, contextOf(nr), old),
    expiresAt: new Date(),
  }));
  await opened.db.insert(connections).values(rows);
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await opened?.close();
  await database?.drop();
});

// Verifies: R-11
test("killed in the middle, every token still opens, and the next call does the rest and no more", async () => {
  const [middle] = await opened.db
    .select()
    .from(connections)
    .orderBy(connections.id)
    .offset(COUNT / 2)
    .limit(1);
  // Somebody holds a row in the middle: the command waits there, and there it is killed.
  await opened.db.transaction(async (tx) => {
    await tx
      .select()
      .from(connections)
      .where(eq(connections.id, middle?.id ?? ""))
      .for("update");
    const first = rotate(`${key2},${key1}`);
    await untilTrue(async () => (await waitingForLocks(opened.db)) > 0);
    first.child.kill("SIGKILL");
    await first.ended;
  });
  // Its last statement may still be carried out, or not at all.
  await untilTrue(async () => (await busy()) === 0);
  const done = await sealedWith(2);
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(COUNT);
  await expectAllOpen();

  const second = rotate(`${key2},${key1}`);
  expect(await second.ended).toBe(0);
  expect(second.said()).toContain(
    `The tokens of ${COUNT - done} HubSpot accounts are sealed with key 2 now.`,
  );
  expect(second.said()).toContain("Nothing needs key 1 any more");
  expect(await sealedWith(2)).toBe(COUNT);
  await expectAllOpen();

  const third = rotate(`${key2}`);
  expect(await third.ended).toBe(0);
  expect(third.said()).toContain("Every token was sealed with key 2 already.");
});

test("a key that is missing is named, and nothing is changed", async () => {
  const attempt = rotate(`${key3},${key2}`);
  expect(await attempt.ended).toBe(1);
  expect(attempt.said()).toContain(`lacks key 1, and ${COUNT} HubSpot accounts`);
  expect(await sealedWith(1)).toBe(COUNT);
});

test("a key that is not the one it says it is changes nothing it cannot open", async () => {
  const attempt = rotate(`${key2},1:${randomBytes(32).toString("base64")}`);
  expect(await attempt.ended).toBe(1);
  expect(attempt.said()).toContain("Key 1 in ENCRYPTION_KEYS is not the one");
  expect(await sealedWith(1)).toBe(COUNT);
});

test("why a token did not open stays with the refusal", async () => {
  const wrong = parseSealKeys(`${key2},1:${randomBytes(32).toString("base64")}`);
  await expect(resealTokens(opened.db, { keys: wrong })).rejects.toMatchObject({
    fault: { kind: "wrong_key", version: 1 },
    cause: expect.any(Error),
  });
});

test("a product that was started without the newest key is in the way", async () => {
  const server = createServer((_, response) => response.end(JSON.stringify({ status: "ok", newestKey: 1 })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const attempt = rotate(`${key2},${key1}`, appUrl);
  expect(await attempt.ended).toBe(1);
  server.close();
  expect(attempt.said()).toContain(`${appUrl} was started without key 2`);
  expect(await sealedWith(1)).toBe(COUNT);
});

test.each([
  ["a proxy's sign-in page", 200, "<html>Sign in</html>"],
  ["an older version", 200, JSON.stringify({ status: "ok", problems: [] })],
  ["a product whose database is away", 503, JSON.stringify({ status: "database unreachable" })],
])("%s that does not say with which keys the product was started is in the way", async (_, status, body) => {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const attempt = rotate(`${key2},${key1}`, appUrl);
  expect(await attempt.ended).toBe(1);
  server.close();
  expect(attempt.said()).toContain(`${appUrl}/api/health does not say which keys`);
  expect(await sealedWith(1)).toBe(COUNT);
});

test("a refresh that stores its tokens while they are sealed anew, of the last account, is looked at again", async () => {
  const [row] = await opened.db.select().from(connections).limit(1);
  const id = row?.id ?? "";
  const context = contextOf(Number(row?.accountId));
  await opened.db.delete(connections).where(ne(connections.id, id));
  let resealing: Promise<Resealed> | undefined;
  await opened.db.transaction(async (tx) => {
    // As a product stores it that was started with the old key alone.
    await tx
      .update(connections)
      .set({ accessToken: seal("fresh", context, old) })
      .where(eq(connections.id, id));
    resealing = resealTokens(opened.db, { keys: both });
    await untilTrue(async () => (await waitingForLocks(opened.db)) > 0);
  });
  expect(await resealing).toEqual({ connections: 1, newest: 2 });
  expect(await sealedWith(2)).toBe(1);
});

test("where some process goes on sealing with the old key, nobody is told that it can go", async () => {
  const [row] = await opened.db.select().from(connections).limit(1);
  await opened.db.delete(connections).where(ne(connections.id, row?.id ?? ""));
  const again = seal("again", contextOf(Number(row?.accountId)), old);
  await opened.db.execute(
    sql.raw(`create function seal_again() returns trigger language plpgsql as
      $$ begin new.access_token := '${again}'; return new; end $$`),
  );
  await opened.db.execute(
    sql`create trigger seal_again before update on connections for each row execute function seal_again()`,
  );
  try {
    const attempt = rotate(`${key2},${key1}`);
    expect(await attempt.ended).toBe(1);
    expect(attempt.said()).toContain("goes on sealing with key 1: 1 HubSpot accounts have such tokens again");
    expect(attempt.said()).not.toContain("Nothing needs key 1");
  } finally {
    await opened.db.execute(sql`drop function seal_again cascade`);
  }
});

test("a refresh that stores its tokens in between keeps them, and they are sealed anew as well", async () => {
  const [row] = await opened.db.select().from(connections).limit(1);
  const context = contextOf(Number(row?.accountId));
  let resealing: Promise<unknown> | undefined;
  await opened.db.transaction(async (tx) => {
    await tx
      .update(connections)
      // As a product stores it that was started with the old key alone.
      .set({ accessToken: seal("fresh", context, old), tokenVersion: sql`${connections.tokenVersion} + 1` })
      .where(eq(connections.id, row?.id ?? ""));
    resealing = resealTokens(opened.db, { keys: both });
    await untilTrue(async () => (await waitingForLocks(opened.db)) > 0);
  });
  await resealing;
  const [after] = await opened.db
    .select()
    .from(connections)
    .where(eq(connections.id, row?.id ?? ""));
  expect(after?.accessToken).toMatch(/^2\./);
  expect(unseal(after?.accessToken ?? "", context, both)).toBe("fresh");
  expect(after?.tokenVersion).toBe(2);
  expect(await sealedWith(2)).toBe(COUNT);
});

test("an account that was disconnected has no tokens to seal", async () => {
  await opened.db.update(connections).set({ accessToken: "", refreshToken: "", disconnectedAt: new Date() });
  expect(await resealTokens(opened.db, { keys: parseSealKeys(`${key3}`) })).toEqual({
    connections: 0,
    newest: 3,
  });
});

function contextOf(nr: number): string {
  return `connection:${workspaceId}:${nr}`;
}

/** How many other sessions of this database are at a statement, or in a transaction. */
async function busy(): Promise<number> {
  const [row] = await opened.db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and (state = 'active' or state like 'idle in transaction%')`,
  );
  return row?.count ?? 0;
}

async function sealedWith(version: number): Promise<number> {
  return opened.db.$count(connections, sql`${connections.accessToken} like ${`${version}.%`}`);
}

async function expectAllOpen(): Promise<void> {
  const rows = await opened.db.select().from(connections);
  expect(rows).toHaveLength(COUNT);
  for (const { accountId, accessToken, refreshToken } of rows) {
    const context = contextOf(Number(accountId));
    expect([unseal(accessToken, context, both), unseal(refreshToken, context, both)]).toEqual([
      `access ${accountId}`,
      `refresh ${accountId}`,
    ]);
  }
}

function rotate(keys: string, appUrl = nothingThere) {
  const start = fileURLToPath(new URL("../../../scripts/start.mjs", import.meta.url));
  const child = spawn(process.execPath, [start, "--rotate-key", "--no-env-file"], {
    env: { ...process.env, DATABASE_URL: database.url, ENCRYPTION_KEYS: keys, APP_URL: appUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return { child, ended, said: () => said };
}
