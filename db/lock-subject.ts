import { sql } from "drizzle-orm";
import type { Tx } from "./client";

/** Until the transaction ends, whoever else locks the same subject for the same purpose waits. */
export async function lockSubject(tx: Tx, purpose: string, subject: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${purpose} ${subject}`}, 0))`);
}
