import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { toldByMail } from "@/db/queries/mail-recipients";
import { env } from "@/lib/env";

/** In the transaction that raised them: an e-mail for everybody who wants one at once. */
export async function queueAtOnce(tx: Tx, noticeIds: string[]): Promise<void> {
  if (!noticeIds.length || !env().SMTP_URL) return;
  await tx.execute(sql`
    insert into mails (key, user_id, kind, notice_ids)
    select 'notice:' || n.id || ':' || m.user_id, m.user_id, 'notice', array[n.id]
    from ${toldByMail("at_once")} and n.id in ${noticeIds}
    on conflict (key) do nothing`);
}
