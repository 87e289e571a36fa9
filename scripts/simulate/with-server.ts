import postgres from "postgres";
import { giveUpDurability, startTestServer } from "../test/embedded-server";

/** The server that TEST_DATABASE_URL names, or one of our own that gives up durability for speed. */
export async function withServer<T>(act: (url: string) => Promise<T>): Promise<T> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
  const given = process.env.TEST_DATABASE_URL;
  if (given) return act(given);
  const server = await startTestServer();
  process.once("exit", server.kill);
  try {
    await giveUpDurability(server.url);
    await leaveUnswept(server.url);
    return await act(server.url);
  } finally {
    await server.stop();
  }
}

async function leaveUnswept(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe("alter system set autovacuum = off");
    await sql.unsafe("select pg_reload_conf()");
  } finally {
    await sql.end();
  }
}
