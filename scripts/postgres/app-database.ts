import postgres from "postgres";

export const appRole = "snov_hubspot_sync";

/** The app's own database and its owner, who is no superuser. Safe to repeat. */
export async function ensureAppDatabase(ownerUrl: string, password: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = ${appRole}`;
    // The password is ours and hexadecimal; a utility statement takes no parameters.
    if (!role) await sql.unsafe(`create role ${appRole} login password '${password}'`);
    const [database] = await sql`select 1 from pg_database where datname = ${appRole}`;
    if (!database) await sql.unsafe(`create database ${appRole} owner ${appRole}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
