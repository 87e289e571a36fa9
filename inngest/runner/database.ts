import postgres from "postgres";

const DEADLOCK = "40P01";
const TRIES_AFTER_DEADLOCK = 5;

// The runner owns its client: drizzle() changes the serializers of the client that it is given.
export function openDatabase(url: string) {
  return postgres(url, {
    max: 10,
    connect_timeout: 5,
    // Its own waits grow to 20 s, which is how long notifications would stay off after an outage.
    backoff: () => 0.5,
    onnotice: () => {},
    transform: { column: { from: postgres.toCamel } },
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  });
}

export type Database = ReturnType<typeof openDatabase>;
export type Transaction = postgres.TransactionSql<{ bigint: number }>;

/**
 * Runs `work` in one transaction. The runner's lock order (docs/decisions/embedded-runner.md) leaves
 * cancelling one run from another as the only way to deadlock; Postgres picks a victim and it goes again.
 */
export async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      // postgres.js types the result as unwrapped arrays of promises, which ours never are.
      return (await db.begin(work)) as T;
    } catch (error) {
      if (!hasCode(error, DEADLOCK) || tries === TRIES_AFTER_DEADLOCK) throw error;
    }
  }
}

/** Whether the database was away, as opposed to having refused a statement. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!("code" in error)) return error instanceof AggregateError;
  const code = String(error.code);
  return /^(CONNECTION_|CONNECT_|ECONN|EPIPE|ETIMEDOUT|ENOENT|57P0|08|53)/.test(code);
}

/** JSON text for a `json` column; `undefined` counts as null. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
