import { and, count, eq, gte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { mails } from "@/db/schema/mails";

const triesThatMayFail = 3;

/** E-mails that the mail server has not taken in several tries. */
export async function countStuckMails(db: Db): Promise<number> {
  const [stuck] = await db
    .select({ count: count() })
    .from(mails)
    .where(and(eq(mails.state, "waiting"), gte(mails.attempts, triesThatMayFail)));
  return stuck?.count ?? 0;
}
