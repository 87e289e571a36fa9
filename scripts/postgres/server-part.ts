import postgres from "postgres";
import type { PartSpec } from "../supervisor/part";
import type { Place } from "./place";
import { clearStaleServer } from "./stale-server";

/** The embedded Postgres server as a part that the supervisor keeps running. It listens on this machine only. */
export function serverPart(place: Place, port: number, ownerUrl: string, maxConnections = 100): PartSpec {
  return {
    name: "postgres",
    command: place.binaries.postgres,
    args: [
      "-D",
      place.data,
      "-p",
      String(port),
      ...Object.entries(settings(maxConnections)).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
    ],
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    cwd: place.as ? "/" : place.folder,
    as: place.as,
    // Fast shutdown: sessions are ended, what they committed is kept.
    stopSignal: "SIGINT",
    readyWithinMs: 120_000,
    beforeStart: () => clearStaleServer(place.data),
    isReady: () => answers(ownerUrl),
    isProblem: (line) =>
      /^\S+ \S+ \S+ \[\d+\] (PANIC|FATAL): /.test(line) &&
      !/starting up|shutting down|administrator command/.test(line),
  };
}

export function serverUrl(port: number, user: string, password: string, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

function settings(maxConnections: number): Record<string, string> {
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: String(maxConnections),
    ssl: "off",
    // A failing statement would be logged with the values in it.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
  };
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
