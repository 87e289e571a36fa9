// Postgres behind a door that can be slammed: connections end in the middle of whatever they are doing.
import { connect, createServer, type Socket } from "node:net";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../support/test-database";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let door: Awaited<ReturnType<typeof openDoor>>;
beforeAll(async () => {
  database = await createTestDatabase();
  door = await openDoor(new URL(database.url));
});
afterAll(async () => {
  await door.close();
  await database.drop();
});

it("serves every connection of the pool again after connections were cut at any moment", async () => {
  const sql = connectThrough(door.url, 4);
  // People try again at once, so that queries meet connections which are closing in the same turn.
  let trying = true;
  const persistent = async () => {
    while (trying) await sql`select 1`.catch(() => null);
  };
  const people = Array.from({ length: 12 }, persistent);
  for (let round = 0; round < 80; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 15));
    door.slam();
  }
  trying = false;
  await Promise.all(people);
  const ask = () => Array.from({ length: 12 }, (_, n) => sql<{ n: number }[]>`select ${n}::int as n`);
  // The first questions may meet connections that have not heard yet of their end; each of them has after that.
  await Promise.allSettled(ask());
  const answers = await Promise.all(ask());
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 12 }, (_, n) => n));
});

it("runs nothing more of a transaction whose connection is gone", async () => {
  const sql = connectThrough(door.url, 1);
  await sql`create table written (n int)`;
  await expect(
    sql.begin(async (tx) => {
      await tx`insert into written values (1)`;
      door.slam();
      await door.empty();
      await sql`select 1`;
      await tx`insert into written values (2)`;
    }),
  ).rejects.toThrow();
  expect(await sql`select n from written`).toHaveLength(0);
});

function connectThrough(url: string, max: number) {
  const sql = postgres(url, { max, connect_timeout: 3, backoff: () => 0.01, onnotice: () => {} });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

async function openDoor(target: URL) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => {});
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the door has no port");
  const url = new URL(target);
  url.port = String(address.port);
  return {
    url: url.href,
    slam: () => {
      for (const socket of open) socket.resetAndDestroy();
    },
    empty: async () => {
      while (open.size) await new Promise((resolve) => setImmediate(resolve));
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
