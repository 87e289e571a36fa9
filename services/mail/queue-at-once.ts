import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { toldByMail } from "@/db/queries/mail-recipients";
import { env } from "@/lib/env";

/**
 * In the transaction that raised them, or found that they have grown: an e-mail for everybody who wants one at once. One
 * that waits says how it is when it is sent, and is enough.
 */
export async function queueAtOnce(tx: Tx, noticeIds: string[]): Promise<void> {
  if (!noticeIds.length || !env().SMTP_URL) return;
  await tx.execute(sql`
    insert into mails (key, user_id, kind, notice_ids)
    select 'notice:' || n.id || ':' || m.user_id
        || case when n.told_at > n.raised_at then ':' || extract(epoch from n.told_at) else '' end,
      m.user_id, 'notice', array[n.id]
    from ${toldByMail("at_once")} and n.id in ${noticeIds} and not ${isWaiting}
    on conflict (key) do nothing`);
}

const isWaiting: SQL = sql`exists (select from mails w where w.user_id = m.user_id and w.kind = 'notice'
  and n.id = any(w.notice_ids) and w.state = 'waiting' and w.lease is null)`;
