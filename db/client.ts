import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { isDeadlock } from "./refusal";
import * as conflicts from "./schema/conflicts";
import * as connections from "./schema/connections";
import * as hours from "./schema/hours";
import * as integrations from "./schema/integrations";
import * as journal from "./schema/journal";
import * as mails from "./schema/mails";
import * as notices from "./schema/notices";
import * as prospects from "./schema/prospects";
import * as rates from "./schema/rates";
import * as runs from "./schema/runs";
import * as safety from "./schema/safety";
import * as sync from "./schema/sync";
import * as workspaces from "./schema/workspaces";

const schema = {
  ...workspaces,
  ...prospects,
  ...hours,
  ...connections,
  ...integrations,
  ...sync,
  ...conflicts,
  ...safety,
  ...rates,
  ...runs,
  ...journal,
  ...notices,
  ...mails,
};

export type Db = ReturnType<typeof openDatabase>["db"];
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Opens a pool. drizzle changes the postgres.js client it is given, so that client stays inside. */
export function openDatabase(url: string, options: { max?: number } = {}) {
  const client = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    idle_timeout: 60,
    connect_timeout: 10,
    // After an outage a pool must not sleep for the 20 s that the driver would wait.
    backoff: (attempt) => Math.min(1, 0.05 * 2 ** attempt),
  });
  const db = drizzle(client, { schema });
  const once: typeof db.transaction = db.transaction.bind(db);
  db.transaction = (work, config) => againAfterDeadlock(() => once(work, config));
  return { db, close: () => client.end({ timeout: 5 }) };
}

const triesAtAll = 5;

/** Of two transactions that wait for each other Postgres ends one, of which nothing is kept: that one is done once more. */
async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tries === triesAtAll || !isDeadlock(error)) throw error;
    }
  }
}
