import postgres from "postgres";
import { Fault } from "../bootstrap/fault.mjs";

/** Says where the person's own database cannot be reached, without repeating its password. */
export async function checkDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    throw new Fault(
      `DATABASE_URL: the database ${pathname.slice(1)} at ${hostname}:${port || 5432} cannot be used (${code}). Check that it runs, that this machine may reach it, and the user and password.`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
