import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { noticeReads, notices } from "@/db/schema/notices";

/** Has the person read these, again where they have become news since. */
export async function saveReads(tx: Db | Tx, userId: string, noticeIds: string[]): Promise<void> {
  if (!noticeIds.length) return;
  await tx
    .insert(noticeReads)
    .values(noticeIds.map((noticeId) => ({ noticeId, userId })))
    .onConflictDoUpdate({
      target: [noticeReads.userId, noticeReads.noticeId],
      set: { at: sql`now()` },
      setWhere: sql`${noticeReads.at} < (select ${notices.newsAt} from ${notices} where ${notices.id} = ${noticeReads.noticeId})`,
    });
}
