import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Brings the database to this version; several processes may call it at once. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(7300)`;
    await migrate(drizzle(client), { migrationsFolder });
    // A dump that is restored brings ids of transactions to which its new database has not come yet.
    await client`update conflicts set revised_in = default
      where revised_in >= pg_snapshot_xmax(pg_current_snapshot())`;
    await client`update conflicts set decided_in = null
      where decided_in >= pg_snapshot_xmax(pg_current_snapshot())`;
  } finally {
    await client.end({ timeout: 5 });
  }
}
