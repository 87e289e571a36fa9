import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { users } from "@/db/schema/workspaces";
import { verifyPassword } from "@/lib/password";
import { demoSignIn } from "./demo-sign-in";

/** Takes the well-known password away, and ends its sessions, once a real HubSpot account is in use. */
export async function disableDemoSignIn(databaseUrl: string): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { max: 1 });
  try {
    const [demo] = await db.select().from(users).where(sql`lower(${users.email}) = ${demoSignIn.email}`);
    if (!demo?.passwordHash || !(await verifyPassword(demoSignIn.password, demo.passwordHash))) return;
    await db
      .update(users)
      .set({ passwordHash: null, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(sql`${users.id} = ${demo.id}`);
  } finally {
    await close();
  }
}
