import { asc, desc } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db, Tx } from "@/db/client";
import { prospectEmails } from "@/db/schema/prospects";
import { groupBy } from "@/lib/group-by";

/** Prospect id → its addresses, primary first; absent where it has none. */
export async function readEmails(db: Db | Tx, prospectIds: string[]): Promise<Map<string, string[]>> {
  if (!prospectIds.length) return new Map();
  const rows = await db
    .select({ id: prospectEmails.prospectId, email: prospectEmails.email })
    .from(prospectEmails)
    .where(anyOf(prospectEmails.prospectId, prospectIds))
    .orderBy(desc(prospectEmails.isPrimary), asc(prospectEmails.position), asc(prospectEmails.matchKey));
  return new Map([...groupBy(rows, ({ id }) => id)].map(([id, own]) => [id, own.map(({ email }) => email)]));
}
