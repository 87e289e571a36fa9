// What goes to Postgres, as somebody between the two sees it.
import { connect, createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { atOnce } from "@/db/at-once";
import { type Db, openDatabase } from "@/db/client";
import { createTestDatabase } from "../support/test-database";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let listener: Awaited<ReturnType<typeof listenIn>>;
let db: Db;
let close: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
  listener = await listenIn(new URL(database.url));
  ({ db, close } = openDatabase(listener.url, { max: 1 }));
});
afterAll(async () => {
  await close();
  await listener.close();
  await database.drop();
});
// A table of its own for each test, so that no text is known from the one before.
let table = sql.identifier("kept");
let tables = 0;
beforeEach(async () => {
  tables += 1;
  table = sql.identifier(`kept_${tables}`);
  await db.execute(sql`create table ${table} (n int primary key)`);
});

const keep = (n: number | string) => sql`insert into ${table} (n) values (${n})`;
const all = () => sql`select n from ${table} order by n`;
const kept = async () => [...(await db.execute<{ n: number }>(all()))];
/** The driver asks for the types of the parameters, and waits, by a flush. */
const questions = async (act: () => Promise<unknown>) => {
  listener.heard.length = 0;
  await act();
  return listener.heard.filter((type) => type === "H").length;
};

it("a statement is sent at once where the types of its parameters are known, on every connection", async () => {
  await db.execute(keep(1));
  expect(await questions(() => db.execute(keep(2)))).toBe(0);
  expect(await questions(() => db.transaction((tx) => tx.execute(keep(3))))).toBe(0);
  expect(await kept()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

it("after a failure the types are asked for again: a migration may have changed them", async () => {
  await db.execute(keep(1));
  await db.execute(sql`alter table ${table} alter n type text`);
  // What was known is no longer so.
  await expect(db.execute(keep("many"))).rejects.toThrow();
  expect(await questions(() => db.execute(keep("many")))).toBe(1);
  expect(await kept()).toEqual([{ n: "1" }, { n: "many" }]);
});

it("statements of a transaction go out one after the other without an answer in between", async () => {
  await db.execute(keep(1));
  listener.heard.length = 0;
  const rows = await db.transaction(async (tx) => {
    const [, , found] = await atOnce([
      () => tx.execute(keep(2)),
      () => tx.execute(keep(3)),
      () => tx.execute(all()),
    ]);
    return [...found];
  });
  // Parse, describe, bind, execute and sync, twice, and a plain question: no answer came before the last of them.
  expect(listener.heard.join("")).toContain("PDBESPDBESQ");
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

it("where one of them fails nothing of the transaction is kept, and nothing is sent behind its back", async () => {
  await db.execute(keep(1));
  const both = db.transaction((tx) =>
    atOnce([
      () => tx.execute(keep(2)),
      () => tx.execute(keep(1)),
      async () => {
        await tx.execute(keep(3));
        await tx.execute(keep(4));
      },
    ]),
  );
  // The one that failed, and not those which Postgres refused for it.
  await expect(both).rejects.toMatchObject({ cause: { code: "23505" } });
  expect(await kept()).toEqual([{ n: 1 }]);
});

it("where one of them fails in our own code the others are waited for", async () => {
  let [answered, ended] = [0, 0];
  const both = db.transaction((tx) =>
    atOnce([
      async () => {
        throw new Error("ours");
      },
      async () => {
        await tx.execute(keep(1));
        await tx.execute(keep(2));
        answered += 1;
      },
    ]),
  );
  await both.catch(() => {
    ended = answered;
  });
  expect(ended).toBe(1);
  await expect(both).rejects.toThrow("ours");
  expect(await kept()).toEqual([]);
});

/** Passes everything on, and notes the kind of each message of the client's, and a `<` for what comes back. */
async function listenIn(target: URL) {
  const heard: string[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let pending = Buffer.alloc(0);
    let started = false;
    client.on("data", (chunk) => {
      upstream.write(chunk);
      pending = Buffer.concat([pending, chunk]);
      // The first message of a connection has no letter.
      for (let letter = started ? 1 : 0; pending.length >= letter + 4; letter = 1) {
        const length = letter + pending.readInt32BE(letter);
        if (pending.length < length) break;
        if (started) heard.push(String.fromCharCode(pending[0] ?? 0));
        started = true;
        pending = pending.subarray(length);
      }
    });
    upstream.on("data", (chunk) => {
      heard.push("<");
      client.write(chunk);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on("close", () => other.destroy());
      one.on("error", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("expected a port");
  [url.hostname, url.port] = ["127.0.0.1", String(address.port)];
  return { url: url.href, heard, close: () => new Promise((resolve) => server.close(resolve)) };
}
