import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { noticeReads, notices } from "@/db/schema/notices";

/** Has the person read these, again where they have become news since. */
export async function saveReads(tx: Db | Tx, userId: string, noticeIds: string[]): Promise<void> {
  if (!noticeIds.length) return;
  await insertMany(
    tx,
    noticeReads,
    noticeIds.map((noticeId) => ({ noticeId, userId })),
    sql`on conflict (user_id, notice_id) do update set at = now()
      where ${noticeReads.at} < (select ${notices.newsAt} from ${notices} where ${notices.id} = ${noticeReads.noticeId})`,
  );
}
